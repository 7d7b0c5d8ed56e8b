"""TMX: what other tools write is read, and what ours must be."""

import io
from dataclasses import replace

import pytest
from test_formats import UNIT, read, written

from bitext.errors import InputError
from bitext.formats import tmx
from bitext.units import Enforcement, TermEntry, TermMatch, TranslationUnit


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
def test_codes_are_no_text(expected: str, seg: str) -> None:
    assert [expected] == sources(document(pair(seg)))


@pytest.mark.parametrize("lang", ["lang", "xml:lang"])
@pytest.mark.parametrize("to", ["en", "EN", "en-GB", "EN_us"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_of_other_tools(lang: str, to: str, encoding: str) -> None:
    other = '<tu><tuv xml:lang="de"><seg>Nein</seg></tuv></tu>'
    expected = TranslationUnit("x.tmx:2", "x.tmx", 0, 0, 3, "été", "Hello", "human")
    assert [expected] == read(
        "tmx", document(other, pair("été", lang=lang, to=to)).encode(encoding)
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("ISO-8859-15", "iso8859-15"),
        ("Shift_JIS", "shift_jis"),
        ("GB18030", "gb18030"),
        ("UTF-16", "utf-16"),
        ("UTF-16", "utf-16-be"),
        ("utf-16", "utf-8"),  # as some tools have it
        ("UTF-8", "utf-32"),  # the mark wins
    ],
)
def test_in_any_encoding(declared: str, encoding: str) -> None:
    text = "日本" if encoding == "shift_jis" else "été œuvre" if encoding != "gb18030" else "été 中"
    head = f"<?xml version='1.0' encoding='{declared}'?>"
    assert [text] == sources(document(pair(text), before=head), encoding)


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.3", "1.4", "1.4b"])
def test_of_any_version(version: str) -> None:
    content = document(pair("été", lang="lang")).replace('"1.4"', f'"{version}"')
    assert ["été"] == sources(content)


@pytest.mark.parametrize(
    ("problem", "content"),
    [
        ("x.tmx:1: encoding not read", "<?xml version='1.0' encoding='punycode'?><tmx/>"),
        ("x.tmx:1: encoding not read", "<?xml version='1.0' encoding='zlib'?><tmx/>"),
        ("x.tmx:1: not well-formed XML (no element found)", ""),
        ("x.tmx:1: <html> where <tmx> should be", "<html/>"),
        ("x.tmx:2: not well-formed XML (mismatched tag)", "<tmx>\n<body></tmx>"),
        ("no unit has both fr and en; its languages are de, fr", document(pair("a", to="de-AT"))),
        ("x.tmx:2: a single unit goes on for more than 5 MB", "<tmx>\n<tu>" + "x" * 6_000_000),
        ("a single tag or comment goes on for more than 10 MB", "<tmx><!--" + "x" * 11_000_000),
        ("x.tmx:1: encoding not read", "<?xml version='1.0' encoding='klingon'?><tmx/>"),
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
def test_refused(problem: str, content: str) -> None:
    with pytest.raises(InputError) as refused:
        sources(content)
    assert problem in str(refused.value)


@pytest.mark.slow
def test_elements_may_be_nested_without_end() -> None:
    deep = 100_000
    assert ["été"] == sources(document(pair("<hi>" * deep + "été" + "</hi>" * deep)))


def test_with_a_doctype_is_read_without_it() -> None:
    content = document(pair("été"), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">')
    assert sources(document(pair("été"))) == sources(content)


@pytest.mark.parametrize(
    ("source", "target"), [("", "a"), ("a", ""), (" \n", "a"), ("a", "\u00a0\u202f")]
)
def test_never_holds_a_blank_side(source: str, target: str) -> None:
    blank = replace(UNIT, source=source, target=target)
    assert not tmx.writable(blank)
    assert [UNIT.id] == [unit.id for unit in read("tmx", written("tmx", [blank, UNIT]))]


def test_segments_have_no_white_space_at_their_ends() -> None:
    [unit] = read("tmx", written("tmx", [replace(UNIT, source=f" \n\u00a0{UNIT.source}\t")]))
    assert UNIT.source == unit.source


def test_says_what_became_of_each_term() -> None:
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


RICH = (
    '<tu creationdate="20200101T000000Z" creationid="ANNE" changedate="20210101T000000Z"'
    ' changeid="BOB" usagecount="3"><note>Vu</note><prop type="client">R&amp;D</prop>'
    '<tuv xml:lang="fr-FR"><prop type="x">1</prop><seg>Le <bpt i="1">&lt;b&gt;</bpt>chat'
    '<ept i="1">&lt;/b&gt;</ept></seg></tuv><tuv xml:lang="en-GB" creationid="C"><seg>The <hi>cat'
    '</hi></seg></tuv><tuv xml:lang="de"><seg>Die Katze</seg></tuv></tu>'
)


def again(tus: str, lang: str = "en", **changes: str) -> str:
    """What is between the tags of the body once a TMX was read whole and written."""
    units = tmx.read(io.BytesIO(document(tus).encode()), name="a/x.tmx", whole=True)
    file = io.BytesIO()
    tmx.write((replace(u, **changes) for u in units), file, signature="s", target_lang=lang)
    return file.getvalue().decode().partition("<body>")[2].partition("</body>")[0].strip()


def test_what_other_tools_say_is_written_again_as_it_was() -> None:
    named = RICH.replace('usagecount="3"', 'usagecount="3" tuid="x.tmx:1"')
    assert named == again(RICH)
    assert named == again(named)
    assert named == again(named.replace("xml:lang", "lang"))


def test_what_has_changed_is_changed_in_it() -> None:
    made = again(RICH, target="A <cat>", status="approved", comment="Bien")
    expected = RICH.replace('usagecount="3"', 'usagecount="3" tuid="x.tmx:1"')
    expected = expected.replace("The <hi>cat</hi>", "A &lt;cat&gt;")
    for old in (' changedate="20210101T000000Z"', ' changeid="BOB"'):
        expected = expected.replace(old, "")
    ours = (
        '<prop type="x-document">a/x.tmx</prop><prop type="x-origin">human</prop>'
        '<prop type="x-status">approved</prop>'
    )
    expected = expected.replace("Vu</note>", "Bien</note>").replace(
        "R&amp;D</prop>", f"R&amp;D</prop>{ours}"
    )
    assert expected == made
    assert '<tuv xml:lang="en-US" creationid="C"><seg>The <hi>' in again(RICH, lang="en-US")
    assert "<note>" not in again(RICH, comment="")


def test_of_our_own_nothing_more_is_kept() -> None:
    content = written("tmx", [replace(UNIT, matches=(), enforcement=())])
    [unit] = tmx.read(io.BytesIO(content), whole=True)
    assert "" == unit.tu
    assert content == written("tmx", [unit])


@pytest.mark.parametrize(
    "broken", ["<tu>", "<tu/>", "x", "<tu></tu></tmx><!--", RICH.replace("fr-FR", "es"), "\ud800"]
)
def test_an_element_that_is_none_is_written_anew(broken: str) -> None:
    assert written("tmx", [UNIT]) == written("tmx", [replace(UNIT, tu=broken)])


def test_namespaces_of_others_are_left_out() -> None:
    strange = '<tu xmlns:y="urn:y" y:a="1" xml:space="preserve"><y:b>c</y:b>'
    made = again(f"{strange}{pair('un')[4:]}")
    assert '<tu xml:space="preserve" tuid="x.tmx:1"><tuv' in made


@pytest.mark.slow
def test_deep_elements_are_written_again() -> None:
    deep = "<hi>" * 50_000 + "été" + "</hi>" * 50_000
    assert deep in again(pair(deep))
