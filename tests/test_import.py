"""`bitext export`, `import` and `clean` as a person meets them."""

import gzip
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner, Result

from bitext.cli import app
from bitext.errors import BitextError
from bitext.formats import FORMATS, jsonl, tmx, xlsx
from bitext.units import TranslationUnit


def unit(number: int, source: str, target: str, **more: object) -> TranslationUnit:
    known = {"origin": "mt", "score": -0.5} | more
    return TranslationUnit(  # type: ignore[arg-type]
        f"a.txt:{number}:0:0a1b2c3d", "a.txt", number, 0, len(source), source, target, **known
    )


UNITS = [
    unit(1, "Le chat dort.", "The cat sleeps."),
    unit(2, "Le chien court.", "The dog runs.", status="approved"),
    unit(3, "Il y a 12 chats.", "There are 13 cats."),
]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "units.jsonl"
    with path.open("wb") as file:
        jsonl.write(UNITS, file, signature="s", manifest={"engine": "echo"})
    return path


def ran(*arguments: object, given: bytes = b"") -> Result:
    result = CliRunner().invoke(app, [*map(str, arguments)], input=given)
    if result.exception and not isinstance(result.exception, SystemExit | BitextError):
        raise result.exception
    return result


def reviewed(path: Path, *edits: TranslationUnit) -> Path:
    with path.open("wb") as file:
        xlsx.write(edits, file, signature="s")
    return path


def read(path: Path) -> list[TranslationUnit]:
    with path.open("rb") as file:
        return list(jsonl.read(file))


def test_edits_are_merged(record: Path, tmp_path: Path) -> None:
    edit = replace(UNITS[0], target="The cat is asleep.", status="approved")
    sheet, merged = reviewed(tmp_path / "r.xlsx", edit, *UNITS[1:]), tmp_path / "merged.jsonl"
    result = ran("import", sheet, "--units", record, "--out", merged)
    assert (0, "") == (result.exit_code, result.stdout)
    assert "1 edited, 2 unchanged" in result.stderr
    new = read(merged)
    assert ("The cat is asleep.", "approved", "human") == (
        new[0].target,
        new[0].status,
        new[0].origin,
    )
    assert UNITS[1:] == new[1:]
    assert record.read_bytes().splitlines()[0] == merged.read_bytes().splitlines()[0]


def test_conflicts_are_a_table_and_overwrite_nothing(record: Path, tmp_path: Path) -> None:
    edits = [
        replace(UNITS[1], target="Der Hund."),
        replace(UNITS[0], source="Le chat mange."),
        unit(9, "Autre.", "Other."),
    ]
    sheet, merged = reviewed(tmp_path / "r.xlsx", *edits), tmp_path / "merged.jsonl"
    result = ran("import", sheet, "--units", record, "--out", merged)
    assert 3 == result.exit_code
    for word in ("approved already", "source changed", "no such unit", "3 conflicts"):
        assert word in " ".join(result.stderr.split())
    assert UNITS == read(merged)


def test_files_are_read_into_units(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx.gz"
    memory = io.BytesIO()
    tmx.write(UNITS, memory, signature="s")
    path.write_bytes(gzip.compress(memory.getvalue()))
    result = ran("import", path, "--out", tmp_path / "u.jsonl")
    assert 0 == result.exit_code
    assert [u.target for u in UNITS] == [u.target for u in read(tmp_path / "u.jsonl")]


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_tables_in_utf_16(form: str, tmp_path: Path) -> None:
    path, file = tmp_path / f"a.{form}", io.BytesIO()
    units = [replace(each, source="Où\u2028là", target="l’Î", end=5) for each in UNITS]
    FORMATS.get(form).write(units, file, signature="s")
    path.write_bytes(file.getvalue().decode("utf-8-sig").encode("utf-16"))
    assert 0 == ran("import", path, "--out", tmp_path / "u.jsonl").exit_code
    assert units == read(tmp_path / "u.jsonl")
    path.write_bytes(path.read_bytes()[:-1])
    cut = ran("import", path, "--out", tmp_path / "u.jsonl")
    assert "not UTF-8" in str(cut.exception)


def test_a_workbook_of_another_tool(tmp_path: Path) -> None:
    book = Workbook()
    for row in (("source", "target"), ("Un", "One"), ("Deux", '=CONCATENATE("T","wo")')):
        book.active.append(row)
    book.create_sheet("rest").append(("Trois", "Three"))
    book.save(tmp_path / "a.xlsx")
    result = ran("import", tmp_path / "a.xlsx", "--out", tmp_path / "u.jsonl")
    assert 3 == result.exit_code
    assert "the sheet 'rest' is not read; only the first one is" in result.stderr
    # openpyxl does not calculate: there is no value yet.
    assert ["One", ""] == [each.target for each in read(tmp_path / "u.jsonl")]


def test_what_is_odd_is_told_and_is_the_exit_status(tmp_path: Path) -> None:
    rows = "".join("\n,a,b,ok" for _ in range(5))
    (tmp_path / "a.csv").write_text(f"id,source,target,status{rows}\n", "utf-8")
    result = ran("import", tmp_path / "a.csv", "--out", tmp_path / "u.jsonl")
    assert 3 == result.exit_code
    lines = result.stderr.splitlines()
    assert f"{tmp_path / 'a.csv'}:2: " in lines[0]
    assert 4 == len(lines)
    assert "5 times in all" in lines[3]
    assert 5 == len(read(tmp_path / "u.jsonl"))


def test_a_broken_file(tmp_path: Path) -> None:
    file = io.BytesIO()
    tmx.write(UNITS, file, signature="s")
    (tmp_path / "cut.tmx").write_bytes(file.getvalue()[:-100])
    out = tmp_path / "u.jsonl"
    result = ran("import", tmp_path / "cut.tmx", "--out", out)
    assert isinstance(result.exception, BitextError)
    assert not out.exists()
    result = ran("import", tmp_path / "cut.tmx", "--out", out, "--keep-going")
    assert (3, UNITS[:2]) == (result.exit_code, read(out))
    assert "(2 units before it were read)" in result.stderr


def test_export_tells_what_is_not_kept(record: Path, tmp_path: Path) -> None:
    record.write_bytes(record.read_bytes() + jsonl.line(unit(4, "Vide.", " ")))
    result = ran("export", record, "--status", "untouched", "--out", tmp_path / "x.tmx")
    assert 3 == result.exit_code
    assert "1 units left out: a side is blank (first: a.txt:4:0:0a1b2c3d)" in result.stderr
    assert "1 units left out: status approved" in result.stderr


def test_export_of_standard_input(record: Path, tmp_path: Path) -> None:
    result = ran("export", "-", "--format", "csv", "--dedupe", "best", given=record.read_bytes())
    assert 0 == result.exit_code
    assert "Le chien court.,The dog runs.,approved" in result.stdout


def test_export_apart_and_split(record: Path, tmp_path: Path) -> None:
    out = tmp_path / "c.tmx"
    assert 0 == ran("export", record, "--out", out, "--apart", "--split", "1GB").exit_code
    made = {path.name for path in tmp_path.glob("c.*")}
    assert {"c.approved.001.tmx", "c.mt.001.tmx"} == made


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("no status called 'done'", ["--status", "done"]),
        ("'lots' is no size", ["--split", "lots"]),
        ("'en_GB' should be en-GB", ["--target-lang", "en_GB"]),
    ],
)
def test_mistakes(said: str, arguments: list[str], record: Path) -> None:
    assert said in str(ran("export", record, *arguments).exception)


def test_clean_explains(record: Path, tmp_path: Path) -> None:
    result = ran("clean", record, "--explain", "--out", tmp_path / "kept.jsonl")
    assert 0 == result.exit_code
    cells = [line.split("\t") for line in result.stdout.splitlines()]
    assert [[UNITS[2].id, "numbers", "12 has become 13", UNITS[2].source, UNITS[2].target]] == cells
    assert "kept\t2" in result.stderr
    assert UNITS[:2] == read(tmp_path / "kept.jsonl")


def test_clean_counts(record: Path) -> None:
    result = ran("clean", record)
    assert ["numbers\t1", "left out\t1", "kept\t2"] == result.stdout.splitlines()
    assert ["left out\t0", "kept\t3"] == ran(
        "clean", record, "--without", "numbers"
    ).stdout.splitlines()
    assert "no rule called 'x'" in str(ran("clean", record, "--without", "x").exception)


def test_clean_explains_the_boilerplate_of_a_text(tmp_path: Path) -> None:
    seed = sorted((Path(__file__).parents[1] / "seeds").glob("0*.txt"))[0]
    shutil.copy(seed, tmp_path / "a.txt")
    result = ran("clean", tmp_path / "a.txt", "--explain")
    assert 0 == result.exit_code
    for line in result.stdout.splitlines():
        rule, place, text = line.split("\t")
        assert rule and text and place.partition(":")[0].isdecimal()
