"""What is written is read back, in every format; and what each format does with damage."""

import io
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bitext.errors import InputError
from bitext.formats import FORMATS, tmx, tsv
from bitext.units import Enforcement, TermEntry, TermMatch, TranslationUnit

every_format = pytest.mark.parametrize("name", sorted(FORMATS.places()))

ILLEGAL = "".join(c for c in map(chr, [*range(0x20), 0xFFFE, 0xFFFF]) if c not in "\t\n\r")
legal_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=ILLEGAL))
texts = legal_text.map(str.strip).filter(bool)
units = st.builds(
    TranslationUnit,
    id=texts,
    document=legal_text,
    paragraph=st.just(0),
    start=st.just(0),
    end=st.just(0),
    source=texts,
    target=texts,
    origin=st.sampled_from(["mt", "copy", "tm", "human"]),
    status=st.sampled_from(["untouched", "draft", "approved", "rejected"]),
    score=st.none() | st.floats(-100, 0),
)
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
    FORMATS.get(name).write(some, file, signature="echo|v0")
    return file.getvalue()


def read(name: str, content: bytes) -> list[TranslationUnit]:
    return list(FORMATS.get(name).read(io.BytesIO(content), name=f"x.{name}"))


def lasting(unit: TranslationUnit) -> TranslationUnit:
    """What every format keeps of a unit."""
    score = None if unit.score is None else round(unit.score, 4)
    return replace(unit, paragraph=0, start=0, end=0, score=score)


@every_format
@given(st.lists(units, max_size=3))
@example([UNIT, UNIT])
@example([replace(UNIT, id="\t\n\r\\", source="=1+1\\n", target="@\r\n\\\ta", score=0.0)])
def test_what_is_written_is_read_back(name: str, some: list[TranslationUnit]) -> None:
    assert [lasting(u) for u in some] == [lasting(u) for u in read(name, written(name, some))]


@every_format
def test_our_ids_tell_where_a_unit_stood(name: str) -> None:
    [back] = read(name, written(name, [UNIT]))
    assert (3, 12, 12 + len(UNIT.source)) == (back.paragraph, back.start, back.end)


@every_format
def test_the_same_units_give_the_same_bytes(name: str) -> None:
    assert written(name, [UNIT]) == written(name, [UNIT])
    assert not written(name, [UNIT]).startswith(b"\xef\xbb\xbf")


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
        yield replace(UNIT, id=f"a:{n}:0:0a1b2c3d", source=f"{n} {UNIT.source * 10}")


@every_format
def test_files_are_never_held_whole(name: str, tmp_path: Path) -> None:
    total, path = 4000, tmp_path / "many"
    tracemalloc.start()
    with path.open("wb") as file:
        FORMATS.get(name).write(many(total), file, signature="echo|v0")
    with path.open("rb") as file:
        count = sum(1 for _ in FORMATS.get(name).read(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total == count
    assert peak < path.stat().st_size / 3


# TMX


def pair(source: str, target: str = "Hello", *, lang: str = "xml:lang", to: str = "en") -> str:
    return (
        f'<tu><tuv {lang}="fr-CA"><seg>{source}</seg></tuv>'
        f'<tuv {lang}="{to}"><seg>{target}</seg></tuv></tu>'
    )


def document(*tus: str, before: str = "") -> str:
    return f'{before}<tmx version="1.4"><header/><body>{"".join(tus)}</body></tmx>'


def sources(content: str, encoding: str = "utf-8") -> list[str]:
    return [unit.source for unit in read("tmx", content.encode(encoding))]


@pytest.mark.parametrize(
    ("expected", "seg"),
    [
        ("Bonjour", "\n   Bonjour\n  "),
        ("un  deux\ntrois", "un  deux\ntrois"),
        ("a & b", "a &amp; b"),
        ("Le chat", 'Le <bpt i="1">&lt;b></bpt>chat<ept i="1">&lt;/b></ept>'),
        ("Le chat", 'Le <ph x="1">&lt;br/></ph>chat<it pos="begin">{i</it><ut>{u</ut>'),
        ("Le chat noir", 'Le <hi type="x">chat <ph>{}</ph>noir</hi>'),
        ("Le chat noir dort", "Le chat<ph>{footnote <sub>noir</sub>}</ph> dort"),
    ],
)
def test_tmx_codes_are_no_text(expected: str, seg: str) -> None:
    assert [expected] == sources(document(pair(seg)))


@pytest.mark.parametrize("lang", ["lang", "xml:lang"])
@pytest.mark.parametrize("to", ["en", "EN", "en-GB", "EN_us"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_tmx_of_other_tools(lang: str, to: str, encoding: str) -> None:
    other = '<tu><tuv xml:lang="de"><seg>Nein</seg></tuv></tu>'
    expected = TranslationUnit("x.tmx:2", "x.tmx", 0, 0, 3, "été", "Hello", "human")
    assert [expected] == read(
        "tmx", document(other, pair("été", lang=lang, to=to)).encode(encoding)
    )


@pytest.mark.parametrize(
    ("problem", "content"),
    [
        ("x.tmx:1: not well-formed XML (no element found)", ""),
        ("x.tmx:1: <html> where <tmx> should be", "<html/>"),
        ("x.tmx:2: not well-formed XML (mismatched tag)", "<tmx>\n<body></tmx>"),
        ("no unit has both fr and en; its languages are de, fr", document(pair("a", to="de-AT"))),
        ("x.tmx:1: elements are nested more than 100 deep", "<tmx><tu>" + "<hi>" * 101),
        ("a single tag or comment goes on for more than 10 MB", "<tmx><!--" + "x" * 11_000_000),
        ("x.tmx:1: encoding not read", "<?xml version='1.0' encoding='shift_jis'?><tmx/>"),
        (
            "x.tmx:1: uses the XML entity 'lol'",
            document(pair("&lol;"), before='<!DOCTYPE tmx [<!ENTITY lol "ha">]>'),
        ),
        (
            "x.tmx:1: uses the XML entity 'file'",
            document(before='<!DOCTYPE tmx [<!ENTITY file SYSTEM "/etc/hostname">]>'),
        ),
        (
            "x.tmx:1: uses the XML entity 'more'",
            document(before='<!DOCTYPE tmx [<!ENTITY % more SYSTEM "more.dtd"> %more;]>'),
        ),
        (
            "x.tmx:1: uses the XML entity 'eacute'",
            document(pair("&eacute;t&eacute;"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'),
        ),
    ],
)
def test_tmx_refused(problem: str, content: str) -> None:
    with pytest.raises(InputError) as refused:
        sources(content)
    assert problem in str(refused.value)


def test_tmx_with_a_doctype_is_read_without_it() -> None:
    content = document(pair("été"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert sources(document(pair("été"))) == sources(content)


@pytest.mark.parametrize(
    ("source", "target"), [("", "a"), ("a", ""), (" \n", "a"), ("a", "\u00a0\u202f")]
)
def test_tmx_never_holds_a_blank_side(source: str, target: str) -> None:
    blank = replace(UNIT, source=source, target=target)
    assert not tmx.writable(blank)
    assert [UNIT.id] == [unit.id for unit in read("tmx", written("tmx", [blank, UNIT]))]


def test_tmx_segments_have_no_white_space_at_their_ends() -> None:
    [unit] = read("tmx", written("tmx", [replace(UNIT, source=f" \n\u00a0{UNIT.source}\t")]))
    assert UNIT.source == unit.source


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


def test_tmx_says_what_became_of_each_term() -> None:
    entry = TermEntry("Parler", "Parler", "dnt")
    unit = replace(
        UNIT,
        matches=(TermMatch(entry, 0, 6, "Parler"), TermMatch(entry, 9, 15, "Parler")),
        enforcement=(Enforcement("right", "plain"), Enforcement("unenforced")),
    )
    text = written("tmx", [unit]).decode()
    assert '<prop type="x-term">Parler → Parler: right (plain)</prop>' in text
    assert '<prop type="x-term">Parler → Parler: unenforced</prop>' in text
    assert '<prop type="x-signature">echo|v0</prop>' in text


def test_jsonl_keeps_all_that_is_known_of_a_term() -> None:
    entry = TermEntry(
        "port", "harbour", admitted=("port",), note="n", match="exact", case="sensitive",
        plural="harbours", pos="noun", include=("bateau",), exclude=("arme",), domain="d", id="7",
    )  # fmt: skip
    unit = replace(UNIT, matches=(TermMatch(entry, 0, 6, "harbour", 0.5, True),))
    assert [unit] == read("jsonl", written("jsonl", [unit]))


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
    assert [lasting(UNIT)] == [lasting(u) for u in read("tsv", b"\xef\xbb\xbf" + content)]
