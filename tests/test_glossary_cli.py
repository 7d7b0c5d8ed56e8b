"""`bitext glossary`: what it prints and how it exits."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bitext.cli import app

PARLER = Path(__file__).parent.parent / "glossary" / "parler.tsv"


def glossary(*arguments: object, stdin: str = "") -> tuple[int, list[list[str]]]:
    result = CliRunner().invoke(app, ["glossary", *map(str, arguments)], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, [line.split("\t") for line in result.stdout.splitlines()]


CHECKED = {
    "loi\tAct\n": [],
    "loi\tAct\nloi\tlaw\n": [("2", "error", "listed twice")],
    "loi\tAct\n\tx\nloi\tAct\n": [
        ("2", "error", "no French term"), ("3", "warning", "listed again")
    ],
    "Parler\t=\n": [],
    "Parler\tParler\n": [("1", "warning", "has the source for its target")],
    "Parler\t\n": [("1", "warning", "has the source for its target")],
    "source\ttarget\tcolor\nloi\tAct\tred": [("1", "warning", "the column 'color' is not known")],
    "de la\tof the\n2 par 3\tx": [
        ("1", "warning", "'de la' is found in nearly every sentence"),
        ("2", "warning", "'2 par 3' is found in nearly every sentence"),
    ],
    "a1 " * 31 + "\tb\n": [("1", "warning", "has 31 words; no sentence holds it")],
    "main\tport\nport\tmain\n": [
        ("1", "warning", "the target 'port' is a source in line 2 and back again"),
        ("2", "warning", "the target 'main' is a source in line 1 and back again"),
    ],
    "main\tport\nport\tharbour\n": [("1", "warning", "the target 'port' is a source in line 2")],
    "chef\tboss\nchef de l’État\thead of state\nÉtat\tstate": [
        ("2", "warning", "'chef de l’État' shadows 'chef' (line 1), 'État' (line 3)"),
    ],
    "droit d'auteur\tcopyright\ndroits d'auteur\troyalties\n": [
        ("2", "warning", '"droits d\'auteur" is a form of "droit d\'auteur" (line 1)'),
    ],
    "droit d'auteur\tcopyright\ndroits d'auteur\tcopyright\n": [],
    "source\ttarget\tkind\nloi\tAct\t\nloi\tact\tforbidden": [
        ("3", "error", "'act' is asked for and forbidden"),
    ],
    "x" * 200_000: [("1", "error", "is longer than 100,000 characters")],
    "source\ttarget\tmatch\n(a+)+$\tb\tregex\n": [("2", "error", "pattern may take for ever")],
}  # fmt: skip


@pytest.mark.parametrize("text", CHECKED, ids=lambda text: repr(text[:30]))
def test_check(text, tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text(text, "utf-8")
    status, rows = glossary("check", path)
    assert rows[0] == ["line", "severity", "problem"]
    expected = CHECKED[text]
    assert [e[:2] for e in expected] == [(row[0], row[1]) for row in rows[1:]]
    assert all(e[2] in row[2] for e, row in zip(expected, rows[1:], strict=True))
    assert (3 if any("error" == e[1] for e in expected) else 0) == status


def test_match():
    status, rows = glossary("match", PARLER, "Des pelotons d’exécution sur Parler.")
    squads = "pelotons d'exécution"
    assert (0, ["line", "span", "found"]) == (status, rows[0][:3])
    assert rows[1:] == [
        ["1", "4:24", "pelotons d’exécution", squads, "term", "firing squads", "1.00", "required"],
        ["1", "29:35", "Parler", "Parler", "dnt", "Parler", "1.00", "required"],
    ]


def test_match_reads_a_file(tmp_path):
    (tmp_path / "a.txt").write_text("Rien.\nDes pelotons d’exécution", "utf-8")
    _, rows = glossary("match", PARLER, tmp_path / "a.txt")
    assert [["2", "4:24"]] == [row[:2] for row in rows[1:]]


def test_match_reads_lines_as_one_document():
    _, alone = glossary("match", PARLER, "-", stdin="Parler est partout.\n")
    _, rows = glossary("match", PARLER, "-", stdin="Parler est partout.\n\nSur Parler.\n" * 3)
    assert ["ambiguous"] == [row[-1] for row in alone[1:]]
    assert ["1", "3", "4", "6", "7", "9"] == [row[0] for row in rows[1:]]
    assert {"required"} == {row[-1] for row in rows[1:]}


def test_match_says_what_is_forbidden_and_shadowed(tmp_path):
    path = tmp_path / "a.csv"
    rows = "source,target,kind\nloi,rule,forbidden\nloi,Act,\nprojet de loi,bill,"
    path.write_text(rows, "utf-8")
    _, rows = glossary("match", path, "La loi et le projet de loi")
    assert [(row[3], row[-1]) for row in rows[1:]] == [
        ("loi", "required"), ("loi", "forbidden"), ("projet de loi", "required"),
        ("loi", "shadowed"), ("loi", "shadowed"),
    ]  # fmt: skip


def test_convert(tmp_path):
    source = PARLER
    for target in (tmp_path / name for name in ("a.csv", "b.tbx", "c.tsv")):
        assert (0, []) == glossary("convert", source, target)
        source = target
    status, rows = glossary("convert", tmp_path / "c.tsv", "-", "--to", "omegat")
    assert (0, ["Parler", "Parler"]) == (status, rows[0][:2])
    two = tmp_path / "two.tsv"
    two.write_text("loi\tAct\nloi\tlaw\n", "utf-8")
    status, rows = glossary("convert", two, "-", "--to", "tsv", "--merge")
    assert (0, ["loi", "Act | law"]) == (status, rows[1])
