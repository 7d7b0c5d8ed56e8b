"""Every command and every example of the README runs."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line[2:]
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
EXAMPLES = re.findall(r"```python\n(.*?)```", README, re.DOTALL)

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """What a reader has: the articles and the glossary, and `bitext` on the path."""
    place = tmp_path_factory.mktemp("reader")
    for name in ("seeds", "glossary"):
        shutil.copytree(ROOT / name, place / name)
    return place


def in_shell(command, folder):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_runs(command, folder):
    # In the order of the README: later ones read what the first one wrote.
    result = in_shell(command, folder)
    assert 0 == result.returncode, result.stderr
    assert result.stdout or "--out" in command


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example, folder):
    result = subprocess.run(
        [sys.executable, "-c", example], cwd=folder, capture_output=True, text=True, timeout=300
    )
    assert 0 == result.returncode, result.stderr
    assert "Parler" in result.stdout


def test_the_two_commands_are_the_two_scripts():
    [block] = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    assert ["scripts/run", "scripts/test"] == [line.split()[0] for line in block.splitlines()]
    for line in block.splitlines():
        assert os.access(ROOT / line.split()[0], os.X_OK)


def test_run_takes_arguments_from_anywhere(folder):
    """scripts/run from another folder: paths are the caller's."""
    command = f"'{ROOT / 'scripts' / 'run'}' seeds --out elsewhere --engine echo"
    result = in_shell(command, folder)
    assert 0 == result.returncode, result.stderr
    assert (folder / "elsewhere" / "corpus.tmx").exists()


def test_the_table_of_commands_is_whole():
    from typer.main import get_command

    from bitext import cli

    listed = set(re.findall(r"^\| `bitext ([\w-]+)", README, re.MULTILINE))
    assert set(get_command(cli.app).commands) == listed


def test_the_table_of_modules_is_whole():
    listed = set(re.findall(r"^\| `bitext\.(\w+)`", README, re.MULTILINE))
    inside = {p.stem if p.is_file() else p.name for p in (ROOT / "bitext").iterdir()}
    small = {"__init__", "__main__", "__pycache__", "py", "errors", "registry"}
    assert inside - small == listed
