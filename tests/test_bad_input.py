"""What is odd in a file is told with its place; what stands before a break is kept."""

import io
import os
from pathlib import Path

import pytest
from in_process import bitext
from some_units import unit

from bitext import interchange
from bitext.errors import InputError
from bitext.formats import FORMATS, tmx
from bitext.formats.findings import Finding


def findings(content: str, name: str = "x.tmx", **options: object) -> tuple[list[str], list[str]]:
    """The sources that are read, and what is said."""
    said: list[Finding] = []
    form = {"tmx": "tmx", "xlf": "xliff", "csv": "csv"}[name.rpartition(".")[2]]
    found = FORMATS.get(form).read(io.BytesIO(content.encode()), name=name, report=said.append)
    return [unit.source for unit in found], [str(finding) for finding in said]


def tu(*variants: tuple[str, str]) -> str:
    """A memory of one unit with these variants, and a good one after it."""
    bodies = (variants, (("fr", "Oui"), ("en", "Yes")))
    tus = "".join(
        f'\n<tu tuid="t{number}">'
        + "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in body)
        + "</tu>"
        for number, body in enumerate(bodies, 1)
    )
    return f'<tmx version="1.4"><header/><body>{tus}</body></tmx>'


XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'source-language="{lang}" target-language="en"><body>\n<trans-unit id="7">{inside}'
    "</trans-unit></body></file></xliff>"
)


@pytest.mark.parametrize(
    ("sources", "said", "content", "name"),
    [
        (
            ["Oui"],
            "x.tmx:2: t1: left out: a segment is empty",
            tu(("fr", "a"), ("en", " ")),
            "x.tmx",
        ),
        (
            ["Oui"],
            "x.tmx:2: t1: left out: has no segment in en",
            tu(("fr", "a"), ("de", "b")),
            "x.tmx",
        ),
        (
            ["a", "Oui"],
            "x.tmx:2: t1: has two segments in en; the first counts",
            tu(("fr", "a"), ("en", "b"), ("en-GB", "c")),
            "x.tmx",
        ),
        (
            ["a", "Oui"],
            "x.tmx:2: t1: language code 'fr_FR' should be fr-FR",
            tu(("fr_FR", "a"), ("en", "b")),
            "x.tmx",
        ),
        (["a", "Oui"], "language code 'eng' should be en", tu(("fr", "a"), ("eng", "b")), "x.tmx"),
        (["Oui"], "language code '' is none of BCP 47", tu(("", "a"), ("en", "b")), "x.tmx"),
        (
            ["a"],
            "x.xlf:2: 7: has two targets; the first counts",
            XLIFF.format(
                lang="fr", inside="<source>a</source><target>b</target><target>c</target>"
            ),
            "x.xlf",
        ),
        (
            [],
            "x.xlf:2: 7: left out: the source is empty",
            XLIFF.format(lang="fr", inside="<source/>"),
            "x.xlf",
        ),
        (
            ["a"],
            "x.xlf:1: the source is in 'de', not in fr",
            XLIFF.format(lang="de", inside="<source>a</source>"),
            "x.xlf",
        ),
        (["a"], "x.csv:2: status 'ok' is unknown", "SOURCE;Target;status\na;b;ok\n", "x.csv"),
        ([], "x.csv:3: x.csv:3: left out: the source is empty", "source,target\n,\n ,b\n", "x.csv"),
    ],
)
def test_what_is_odd_is_told_with_its_place(
    sources: list[str], said: str, content: str, name: str
) -> None:
    found, told = findings(content, name)
    assert sources == found
    assert any(said in each for each in told), told


def test_a_broken_file_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    path, said = tmp_path / "cut.tmx", []
    with path.open("wb") as file:
        tmx.write([unit(1), unit(2), unit(3)], file, signature="s")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"a.txt:3") + 40])
    kept = list(interchange.read(path, keep_going=True, report=said.append))
    assert [unit(1).target, unit(2).target] == [u.target for u in kept]
    assert 1 == len(said)
    assert said[0].line
    assert "(2 units before it were read)" in said[0].problem
    with pytest.raises(InputError, match=r"cut.tmx:\d+: not well-formed"):
        list(interchange.read(path))


ODD: dict[str, tuple[bytes | None, str, list[str], str]] = {
    # what a file holds, how it is called, the command, and what is said of it
    "an encoding of hosts": ("Un été.".encode(), "a.txt", ["segment", "--encoding", "idna"],
                             "no encoding called 'idna'"),
    "a loop of links": (None, "a.txt", ["run", "--engine", "echo", "--out", "out"],
                        "does not exist"),
    "a host that is none": (b"", "", ["serve", "--engine", "echo", "--host", "\udcff"],
                            "no name of a machine"),
}  # fmt: skip


@pytest.mark.parametrize("case", ODD)
def test_odd_things_are_one_line(case: str, tmp_path: Path) -> None:
    content, name, command, says = ODD[case]
    if content is None:
        (tmp_path / name).symlink_to(name)
    elif name:
        (tmp_path / name).write_bytes(content)
    done = bitext(*command, *([name] if name else []), cwd=tmp_path)
    assert done.returncode == 1
    [line] = done.stderr.decode().splitlines()
    assert says in line


@pytest.mark.parametrize(
    "command", [["run", "--out", "out", "--engine", "echo"], ["memory", "stats"]]
)
def test_a_pipe_that_would_be_read_twice_is_refused(command: list[str], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    done = bitext(*command, "pipe", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("bitext: pipe: is a pipe")


def test_an_empty_memory_can_be_merged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BITEXT_CACHE", str(tmp_path / "cache"))
    (tmp_path / "a.tmx").write_text(
        '<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" '
        'o-tmf="x" adminlang="en" srclang="fr" datatype="plaintext"/><body/></tmx>',
        "utf-8",
    )
    done = bitext("memory", "merge", "a.tmx", "--out", "b.tmx", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"0 of 0 units kept\n")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32-be"])
def test_lines_in_wide_encodings(encoding: str, tmp_path: Path) -> None:
    # Their letters hold the bytes of line ends.
    text = "Un \u010a deux.\r\n\r\nTrois \u0a0a\u0d0d.\n"
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    done = bitext("translate", "a.txt", "--engine", "echo", "--encoding", encoding, cwd=tmp_path)
    assert done.stdout.decode() == text.replace("\r", "")
