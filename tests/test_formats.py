"""What is written is read back, in every format; and what each format does with damage."""

import io
import json
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bitext.errors import InputError
from bitext.formats import FORMATS, jsonl, tsv
from bitext.units import TermEntry, TermMatch, TranslationUnit

MODULES = {name: FORMATS.get(name) for name in FORMATS.places()}
every_format = pytest.mark.parametrize("name", sorted(MODULES))

# What is hard to keep: marks of the formats, spaces, control characters, halves of characters.
HARD = (
    "\x00\x01\x0b\x0c\x1b\x1f\x7f\x85\ud800\udfff\ufffe\uffff\u2028\ufeff\t\n\r "
    "\u00a0\u202f=+-@'\"<>&;,]_|\\é😀"
)
texts = st.text(st.characters(categories=["L", "N", "P", "Z"]) | st.sampled_from(HARD), max_size=30)
units = st.builds(
    TranslationUnit,
    id=texts.filter(str.strip),
    document=texts,
    paragraph=st.just(0),
    start=st.just(0),
    end=st.just(0),
    source=texts,
    target=texts,
    origin=st.sampled_from(["mt", "copy", "tm", "human"]),
    status=st.sampled_from(["untouched", "draft", "approved", "rejected"]),
    score=st.none() | st.floats(-100, 0),
    comment=texts,
)
ALL = ("id", "document", "source", "target", "origin", "status", "score", "comment")
KEPT = dict.fromkeys(MODULES, ALL) | {
    "tsv": ALL[:-1],
    "moses": ("id", "source", "target"),
}
UNIT = TranslationUnit(
    id="été.txt:3:12:0a1b2c3d",
    document="été.txt",
    paragraph=3,
    start=12,
    end=36,
    source="« L’avocat\u202f: 5\u00a0% & <b> »",
    target="“The lawyer: 5% & <b>”",
    origin="mt",
    status="draft",
    score=-0.25,
)


def written(name: str, some: list[TranslationUnit]) -> bytes:
    file = io.BytesIO()
    MODULES[name].write(some, file, signature="echo|v0")
    return file.getvalue()


def read(name: str, content: bytes) -> list[TranslationUnit]:
    return list(MODULES[name].read(io.BytesIO(content), name=f"x.{name}"))


def kept(name: str, some: list[TranslationUnit]) -> list[tuple[object, ...]]:
    """What a format says it keeps of units."""
    return [tuple(value(unit, field, name) for field in KEPT[name]) for unit in some]


def value(unit: TranslationUnit, field: str, name: str) -> object:
    score = unit.score
    if field == "score" and score is not None and name == "tmx":
        return round(score, 4)
    return getattr(unit, field)


def losses(name: str, unit: TranslationUnit) -> list[str]:
    return list(MODULES[name].losses(unit))


@every_format
@given(st.lists(units, max_size=3))
@example([UNIT, UNIT])
@example([replace(UNIT, id="\t\n\r\\", source="=1+1\\n", target="@\r\n\\\ta", score=0.0)])
@example([replace(UNIT, source="_x0041_ a_x000D_", target="'=1", status="rejected", origin="tm")])
@example([replace(UNIT, target="", status="approved"), replace(UNIT, target="")])
def test_what_is_written_is_read_back(name: str, some: list[TranslationUnit]) -> None:
    """What a format cannot hold it says beforehand; it never takes the other units with it."""
    back = read(name, written(name, some))
    unharmed = [unit for unit in some if not losses(name, unit)]
    in_order = iter(kept(name, back))
    assert all(unit in in_order for unit in kept(name, unharmed))
    left_out = sum(any("left out" in loss for loss in losses(name, unit)) for unit in some)
    # A form feed alone is blank, and no longer so once it has become U+FFFD.
    assert len(some) - left_out <= len(back) <= len(some)


@every_format
def test_our_ids_tell_where_a_unit_stood(name: str) -> None:
    [back] = read(name, written(name, [UNIT]))
    assert (3, 12, 12 + len(UNIT.source)) == (back.paragraph, back.start, back.end)


@every_format
def test_the_same_units_give_the_same_bytes(name: str) -> None:
    assert written(name, [UNIT]) == written(name, [UNIT])
    # Excel takes a CSV file without the mark for the local 8-bit encoding.
    assert (name == "csv") == written(name, [UNIT]).startswith(b"\xef\xbb\xbf")


@every_format
@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_damage_is_an_input_error(name: str, noise: bytes, at: int, gone: int) -> None:
    whole = written(name, [UNIT])
    for content in (noise, whole[:at] + noise + whole[at + gone :]):
        try:
            read(name, content)
        except InputError as error:
            assert str(error).startswith(f"x.{name}:")


def many(count: int) -> Iterator[TranslationUnit]:
    for n in range(count):
        yield replace(UNIT, id=f"a:{n}:0:0a1b2c3d", source=f"{n} {UNIT.source * 80}")


# Excel and Word files are zip archives, far smaller than what is in them.
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(MODULES) - {"xlsx", "docx", "moses"}))
def test_files_are_never_held_whole(name: str, tmp_path: Path) -> None:
    total, path = 600, tmp_path / "many"
    tracemalloc.start()
    with path.open("wb") as file:
        MODULES[name].write(many(total), file, signature="echo|v0")
    with path.open("rb") as file:
        count = sum(1 for _ in MODULES[name].read(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == count
    assert peak < path.stat().st_size / 3


@pytest.mark.parametrize(
    ("expected", "name", "text"),
    [
        ("a\ufffdb\ufffd\ufffd\ufffdc", "tmx", "a\x00b\x1b\ud800\uffffc"),
        ("a\x00b\x1b\ufffd\uffffc", "tsv", "a\x00b\x1b\ud800\uffffc"),
    ],
)
def test_what_a_format_cannot_hold_leaves_a_mark(expected: str, name: str, text: str) -> None:
    [unit] = read(name, written(name, [replace(UNIT, id=text, source=text, document=text)]))
    assert (expected, expected, expected) == (unit.id, unit.source, unit.document)


# TSV


@pytest.mark.parametrize(
    ("problem", "content"),
    [
        ("x.tsv:1: the first line is not the header", "a\tb\n"),
        ("x.tsv:2: 2 columns where 7 are needed", "HEADER\na\tb\n"),
        ("x.tsv:2: origin 'robot' is unknown", "HEADER\na\td\trobot\tdraft\t\ts\tt\n"),
        ("x.tsv:2: status 'done' is unknown", "HEADER\na\td\tmt\tdone\t\ts\tt\n"),
        ("x.tsv:3: score '1,5' is not a number", "HEADER\n\na\td\tmt\tdraft\t1,5\ts\tt\n"),
        (r"x.tsv:2: \U means nothing", "HEADER\na\td\tmt\tdraft\t\tC:\\Users\tt\n"),
    ],
)
def test_tsv_refused(problem: str, content: str) -> None:
    with pytest.raises(InputError) as refused:
        read("tsv", content.replace("HEADER", "\t".join(tsv.COLUMNS)).encode())
    assert str(refused.value).startswith(problem)


def test_tsv_as_saved_by_an_editor_on_windows() -> None:
    content = written("tsv", [UNIT]).replace(b"\n", b"\r\n")
    assert kept("tsv", [UNIT]) == kept("tsv", read("tsv", b"\xef\xbb\xbf" + content))


def test_jsonl_keeps_all_that_is_known_of_a_term() -> None:
    entry = TermEntry(
        "port", "harbour", admitted=("port",), note="n", match="exact", case="sensitive",
        plural="harbours", pos="noun", include=("bateau",), exclude=("arme",), domain="d", id="7",
    )  # fmt: skip
    unit = replace(UNIT, matches=(TermMatch(entry, 0, 6, "harbour", 0.5, True),))
    assert [unit] == read("jsonl", written("jsonl", [unit]))


@pytest.mark.parametrize(
    ("field", "value"),
    [("paragraph", '"1"'), ("start", "true"), ("score", "1e999"), ("start", "9007199254740992"),
     ("status", '"\\ud800"'), ("score", "NaN"), ("links", "[[1, 2, 3]]"), ("status", '"so"'),
     ("comment", "null"), ("dismissed", "[1]"), ("issues", '[{"check": 1}]')],
)  # fmt: skip
def test_jsonl_holds_what_its_fields_say(field: str, value: str) -> None:
    plain = json.loads(jsonl.line(UNIT)) | {field: "@"}
    content = json.dumps(plain).replace('"@"', value).encode()
    with pytest.raises(InputError, match=r"^x.jsonl:1: not a translation unit \("):
        read("jsonl", content)


def test_a_lone_surrogate_for_a_name_is_an_input_error() -> None:
    content = jsonl.line(UNIT).replace(b'"paragraph"', rb'"\ud800"')
    with pytest.raises(InputError, match=r"^x.jsonl:1: not a translation unit \("):
        read("jsonl", content)


@pytest.mark.parametrize("name", ["tsv", "moses"])
def test_a_comment_that_a_format_has_no_place_for_is_told(name: str) -> None:
    assert losses(name, replace(UNIT, comment="à revoir")) == ["comments are not kept"]
    assert losses(name, replace(UNIT, comment="")) == []
