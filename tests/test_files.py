"""What a command writes: whole or not at all, wherever it is sent, and whatever is closed."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from in_process import bitext

from bitext.atomic import LONGEST, part_of, whole
from bitext.cli.console import console
from bitext.errors import OutputError

COMMAND = (sys.executable, "-m", "bitext")


def write(path, content=b"new"):
    with whole(path) as file:
        file.write(content)


def test_what_stands_there_stays_until_the_new_file_is_whole(tmp_path):
    path = tmp_path / "a.tmx"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole(path) as file:
        file.write(b"new")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    write(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_and_links_stay(tmp_path):
    path, link = tmp_path / "a.tmx", tmp_path / "link.tmx"
    path.write_bytes(b"old")
    path.chmod(0o600)
    link.symlink_to("a.tmx")
    write(link)
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_to_nothing_makes_the_file_that_it_names(tmp_path):
    link = tmp_path / "link.tmx"
    link.symlink_to("a.tmx")
    write(link)
    assert link.is_symlink()
    assert (tmp_path / "a.tmx").read_bytes() == b"new"


def test_a_pipe_is_written_to_and_stays(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join(10)
    assert read == [b"new"]
    assert pipe.is_fifo()


@pytest.mark.parametrize(
    ("name", "problem"),
    [(".", "is a folder; name a file"), ("loop", "too many levels"), ("a/b", "a is no folder")],
)
def test_what_cannot_be_written_is_one_line(name, problem, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OutputError, match=rf"^{name}: .*{problem}"):
        write(Path(name))


def test_two_commands_do_not_write_one_file_together(tmp_path):
    path = tmp_path / "a.tmx"
    with whole(path) as file:
        file.write(b"first")
        with pytest.raises(OutputError, match="another command is writing it"):
            write(path)
    assert path.read_bytes() == b"first"


def test_what_a_killed_command_left_is_used_up(tmp_path):
    path = tmp_path / "a.tmx"
    part_of(path).write_bytes(b"much that a killed command wrote")
    write(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_no_link_is_followed_to_what_is_passing(tmp_path):
    mine = tmp_path / "mine"
    mine.write_bytes(b"mine")
    part_of(tmp_path / "a.tmx").symlink_to(mine)
    with pytest.raises(OutputError):
        write(tmp_path / "a.tmx")
    assert mine.read_bytes() == b"mine"


def test_the_longest_name_can_be_written(tmp_path):
    path = tmp_path / ("é" * (LONGEST // 2))
    write(path)
    assert path.read_bytes() == b"new"


STREAMS = [
    # closed or full, the arguments, status, what stderr says
    (">/dev/full", ["qa", "--checks"], 1, "no space left"),
    (">&-", ["qa", "--checks"], 1, "bad file descriptor"),
    (">/dev/full", ["translate", "a.txt", "--engine", "echo"], 1, "no space left"),
    (">&-", ["translate", "a.txt", "--engine", "echo"], 1, "bad file descriptor"),
    (">&-", ["translate", "a.txt", "--engine", "echo", "--out", "b.txt"], 0, ""),
    ("<&-", ["translate", "-", "--engine", "echo"], 0, ""),
    ("2>&-", ["translate", "missing.txt", "--engine", "echo"], 1, ""),
    ("--out /dev/full", ["translate", "a.txt", "--engine", "echo"], 1, "/dev/full: cannot be"),
]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="macOS has no /dev/full")
@pytest.mark.parametrize(("stream", "arguments", "status", "says"), STREAMS)
def test_closed_and_full_streams(stream, arguments, status, says, tmp_path):
    (tmp_path / "a.txt").write_text("Bonjour.\n", "utf-8")
    done = subprocess.run(
        ["sh", "-c", f'"$@" {stream}', "sh", *COMMAND, *arguments],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == status
    assert says in done.stderr
    assert len(done.stderr.splitlines()) <= 1
    if "b.txt" in arguments:
        assert (tmp_path / "b.txt").read_text("utf-8") == "Bonjour.\n"


def test_names_are_no_markup_and_steer_no_terminal(capsys):
    console().print("[/b] :smile: \x1b[31m")
    assert capsys.readouterr().out == "[/b] :smile: �[31m\n"
    done = bitext("translate", "\x1b[31m.txt")
    problem = "cannot be read (no such file or directory); check the name"
    assert done.stderr.decode() == f"bitext: �[31m.txt: {problem}\n"
