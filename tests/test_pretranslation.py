"""Bilingual files from CAT tools: what is empty is filled, and nothing else is touched."""

import re
import unicodedata
from difflib import SequenceMatcher
from io import BytesIO

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from typer.testing import CliRunner

from bitext import cli
from bitext.engines.echo import Echo
from bitext.errors import InputError, UnknownName
from bitext.formats import xliff2 as xliff2_format
from bitext.glossary import Glossary
from bitext.inline import Code, Marked, placed
from bitext.memory import Memory, Remembering, build
from bitext.pretranslate import pretranslate
from bitext.text import normalise
from bitext.units import Hypothesis, Link, TermEntry, TranslationUnit

TAG = re.compile(r"<(/?)(\w+)(/?)>")


def linked(source, target, pairs):
    """Links between words, by their numbers."""
    ours = [found.span() for found in re.finditer(r"\S+", source)]
    theirs = [found.span() for found in re.finditer(r"\S+", target)]
    return tuple(Link(*ours[a], *theirs[b]) for a, b in pairs)


class Dictionary(Echo):
    """Translates the sentences that it is given, and echoes all others."""

    def __init__(self, script):
        self.script = script

    def translate(self, requests, *, n_best=1):
        return [[self.offered(request)] for request in requests]

    def offered(self, request):
        if request.text not in self.script:
            return self.echo(request)
        target, pairs = self.script[request.text]
        return Hypothesis(target, -1.0, linked(request.text, target, pairs))


def marked(text):
    """A text with tags as a `Marked`."""
    pieces, codes, at = [], [], 0
    for tag in TAG.finditer(text):
        pieces.append(text[at : tag.start()])
        kind = "close" if tag[1] else "alone" if tag[3] else "open"
        codes.append(Code(sum(map(len, pieces)), kind, tag[0], tag[2]))
        at = tag.end()
    return Marked("".join([*pieces, text[at:]]), tuple(codes))


def shown(pieces):
    return "".join(piece if isinstance(piece, str) else piece.content for piece in pieces)


IN_ORDER = [(n, n) for n in range(9)]
PLACED = [
    # source, target, links, result
    ("Le <b>chat noir</b> dort.", "The black cat sleeps.", [(0, 0), (1, 2), (2, 1), (3, 3)],
     "The <b>black cat</b> sleeps."),
    ("Le <b>chat <i>noir</i></b> dort.", "The black cat sleeps.", [(0, 0), (1, 2), (2, 1), (3, 3)],
     "The <b><i>black</i> cat</b> sleeps."),
    ("Le <b>chat</b> <i>noir</i> dort.", "The black cat sleeps.", [(0, 0), (1, 2), (2, 1), (3, 3)],
     "The <i>black</i> <b>cat</b> sleeps."),
    ("<b>Bonjour à tous.</b>", "Hello everyone.", [(0, 0), (2, 1)], "<b>Hello everyone.</b>"),
    ("<b>Bonjour</b> à tous<x/>.", "Hello everyone.", [(0, 0), (2, 1)],
     "<b>Hello</b> everyone<x/>."),
    ("Clic sur <b>« OK »</b> ici", "Click “OK” here", [(0, 0), (2, 1), (3, 1), (4, 1), (5, 2)],
     "Click <b>“OK”</b> here"),
    # One wrong link far away draws no pair over the whole sentence.
    ("un <b>deux</b> trois quatre cinq", "one two three four five", [*IN_ORDER[:5], (1, 4)],
     "one <b>two</b> three four five"),
    # Parts of words: the same part, or the ending of an ordinal; else the whole word.
    ("du CO<b>2</b> a", "of CO2 a", IN_ORDER[:3], "of CO<b>2</b> a"),
    ("le XXI<b>e</b> a", "the 21st a", IN_ORDER[:3], "the 21<b>st</b> a"),
    ("un roi<b><i>1</i></b> a", "a king1 a", IN_ORDER[:3], "a king<b><i>1</i></b> a"),
    ("<b>re</b>lire a", "reread a", IN_ORDER[:2], "<b>re</b>read a"),
    ("M<b>me</b> Roy", "Mrs Roy", IN_ORDER[:2], "<b>Mrs</b> Roy"),
    # Codes without words around them, and a target without words.
    ("a <b></b><x/><y/> e", "A E", [(0, 0), (1, 1)], "A <b></b><x/><y/> E"),
    ("<x/> <b>un</b> <y/>", "one", [(0, 0)], "<x/> <b>one</b> <y/>"),
    ("Le <b>chat</b> dort.", "", [], "<b></b>"),
    ("<x/>", "", [], "<x/>"),
    # Pairs that cross each other, or have no partner, keep their order at least.
    ("a <b>b <i>c</b> d</i> e", "A B C D E", IN_ORDER[:5], "A <b>B <i>C</b> D</i> E"),
    ("a</b> b <i>c", "A B C", IN_ORDER[:3], "A</b> B <i>C"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "pairs", "result"), PLACED)
def test_codes_go_with_their_words(source, target, pairs, result):
    links = linked(TAG.sub("", source), target, pairs)
    assert result == shown(placed(marked(source), target, links))


FRAGMENTS = st.lists(
    st.sampled_from(["un ", "mot", " ", ". ", "<b>", "</b>", "<i>", "</i>", "<x/>", "<y/>"]),
    max_size=14,
)


@given(FRAGMENTS, st.text("ab .", max_size=30), st.lists(st.tuples(*[st.integers(0, 40)] * 4)))
def test_every_code_is_there_once_and_nests_as_it_did(fragments, target, numbers):
    source = marked("".join(fragments))
    links = [
        Link(min(a, b), max(a, b), min(c, d, len(target)), min(max(c, d), len(target)))
        for a, b, c, d in numbers
    ]
    pieces = placed(source, target, links)
    codes = [piece for piece in pieces if isinstance(piece, Code)]
    assert sorted(map(repr, source.codes)) == sorted(map(repr, codes))
    texts = "".join(piece for piece in pieces if isinstance(piece, str))
    assert "".join(target.split()) == "".join(texts.split())
    if not faults(source.codes):
        assert not faults(codes)


def faults(codes):
    """Codes that close what is not open, or leave something open."""
    waiting, wrong = [], 0
    for code in codes:
        if code.kind == "open":
            waiting.append(code.pair)
        elif code.kind == "close" and waiting and waiting[-1] == code.pair:
            waiting.pop()
        elif code.kind == "close":
            wrong += 1
    return wrong + len(waiting)


HEAD = b"""<?xml version='1.0' encoding="UTF-8"?>
<!-- kept --><?also kept?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:t='urn:tool'>
 <file original='a.txt'  source-language="fr-FR" target-language="en-US" datatype="plaintext">
  <header><note>&#233; <![CDATA[<x>]]></note></header>
  <body>
"""
FOOT = b"""
  </body>
 </file>
</xliff>
"""
MT2 = ' subState="bitext:mt-suggestion"'
MT = 'state="needs-review-translation" state-qualifier="mt-suggestion"'
SCRIPT = {
    "Le chat noir dort.": ("The black cat sleeps.", [(0, 0), (1, 2), (2, 1), (3, 3)]),
    "Il ronfle & rêve.": ("He snores & dreams.", [(0, 0), (1, 1), (2, 2), (3, 3)]),
    "Oui.": ("Yes.", [(0, 0)]),
    "Non.": ("No.", [(0, 0)]),
}
ENGINE = Dictionary(SCRIPT)

UNITS = {
    # what a unit is, before and after
    "codes": (
        '<trans-unit id="1" t:x="1">\n    <source>Le <g id="1">chat <x id="2"/>noir</g> dort. '
        'Il ronfle &amp; rêve.</source>\n   </trans-unit>',
        '<trans-unit id="1" t:x="1">\n    <source>Le <g id="1">chat <x id="2"/>noir</g> dort. '
        f'Il ronfle &amp; rêve.</source>\n    <target {MT}>The <g id="1"><x id="2"/>black cat</g> '
        'sleeps. He snores &amp; dreams.</target>\n   </trans-unit>',
    ),
    "an empty target": (
        '<trans-unit id="1"><source>Oui.</source><target xml:lang="en" state="new"/></trans-unit>',
        '<trans-unit id="1"><source>Oui.</source><target xml:lang="en" '
        f'{MT}>Yes.</target></trans-unit>',
    ),
    "native codes": (
        '<trans-unit id="1"><source><bpt id="1">&lt;b></bpt>Oui.<ept id="1">&lt;/b></ept>'
        "</source><target> </target></trans-unit>",
        '<trans-unit id="1"><source><bpt id="1">&lt;b></bpt>Oui.<ept id="1">&lt;/b></ept>'
        f'</source><target {MT}><bpt id="1">&lt;b></bpt>Yes.<ept id="1">&lt;/b></ept></target>'
        "</trans-unit>",
    ),
    "segments": (
        '<trans-unit id="1"><source>Oui. Non.</source><seg-source><mrk mtype="seg" mid="0">Oui.'
        '</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source></trans-unit>',
        '<trans-unit id="1"><source>Oui. Non.</source><seg-source><mrk mtype="seg" mid="0">Oui.'
        f'</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source><target {MT}><mrk mtype="seg" '
        'mid="0">Yes.</mrk> <mrk mtype="seg" mid="1">No.</mrk></target></trans-unit>',
    ),
    "segments in a code": (
        '<trans-unit id="1"><source>Oui.</source><seg-source><g id="2"><mrk mtype="seg" mid="1">'
        'Oui.</mrk></g></seg-source><target><g id="2"><mrk mtype="seg" mid="1"/></g></target>'
        "</trans-unit>",
        '<trans-unit id="1"><source>Oui.</source><seg-source><g id="2"><mrk mtype="seg" mid="1">'
        f'Oui.</mrk></g></seg-source><target {MT}><g id="2"><mrk mtype="seg" mid="1">Yes.</mrk>'
        "</g></target></trans-unit>",
    ),
    "approved, though it was empty": (
        '<trans-unit id="1" approved="yes"><source>Oui.</source><target/></trans-unit>',
        f'<trans-unit id="1" approved="no"><source>Oui.</source><target {MT}>Yes.</target>'
        "</trans-unit>",
    ),
    "locked": (
        '<trans-unit id="1" t:locked="true"><source>Oui.</source><target/></trans-unit>', None,
    ),
    "only codes": ('<trans-unit id="1"><source><x id="1"/>Oui.</source><target><x id="1"/>'
                   "</target></trans-unit>", None),
    "empty segments of Trados": (
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk>'
        '</seg-source><target><mrk mtype="seg" mid="1"/></target></trans-unit>',
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk>'
        f'</seg-source><target {MT}><mrk mtype="seg" mid="1">Yes.</mrk></target></trans-unit>',
    ),
    "protected text": (
        '<trans-unit id="1"><source>Oui.<mrk mtype="protected">Non.</mrk></source></trans-unit>',
        '<trans-unit id="1"><source>Oui.<mrk mtype="protected">Non.</mrk></source>'
        f'<target {MT}>Yes.<mrk mtype="protected">Non.</mrk></target></trans-unit>',
    ),
    "begun by a person": (
        '<trans-unit id="1"><source>Oui. Non.</source><seg-source><mrk mtype="seg" mid="0">Oui.'
        '</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source><target state="new"><mrk '
        'mtype="seg" mid="0">Aye.</mrk> <mrk mtype="seg" mid="1"/></target></trans-unit>',
        '<trans-unit id="1"><source>Oui. Non.</source><seg-source><mrk mtype="seg" mid="0">Oui.'
        '</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source><target state="new"><mrk '
        'mtype="seg" mid="0">Aye.</mrk> <mrk mtype="seg" mid="1">No.</mrk></target></trans-unit>',
    ),
    "approved with a segment left": (
        '<trans-unit id="1" approved="yes"><source>Oui. Non.</source><seg-source><mrk mtype="seg" '
        'mid="0">Oui.</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source><target state="final">'
        '<mrk mtype="seg" mid="0">Aye.</mrk> <mrk mtype="seg" mid="1"/></target></trans-unit>',
        '<trans-unit id="1" approved="no"><source>Oui. Non.</source><seg-source><mrk mtype="seg" '
        'mid="0">Oui.</mrk> <mrk mtype="seg" mid="1">Non.</mrk></seg-source>'
        '<target state="needs-review-translation">'
        '<mrk mtype="seg" mid="0">Aye.</mrk> <mrk mtype="seg" mid="1">No.</mrk></target>'
        "</trans-unit>",
    ),
    "segments in segments": (
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="0"><mrk '
        'mtype="seg" mid="1">Oui.</mrk></mrk></seg-source></trans-unit>',
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="0"><mrk '
        f'mtype="seg" mid="1">Oui.</mrk></mrk></seg-source><target {MT}><mrk mtype="seg" mid="0">'
        '<mrk mtype="seg" mid="1">Yes.</mrk></mrk></target></trans-unit>',
    ),
    "what looks like an attribute": (
        '<trans-unit id="1"><source>Oui.</source><target t:x="a state=\'b\'"/></trans-unit>',
        '<trans-unit id="1"><source>Oui.</source><target t:x="a state=\'b\'" '
        f'{MT}>Yes.</target></trans-unit>',
    ),
    "short enough": (
        '<trans-unit id="1" maxwidth="4" size-unit="char"><source>Oui.</source></trans-unit>',
        '<trans-unit id="1" maxwidth="4" size-unit="char"><source>Oui.</source>'
        f'<target {MT}>Yes.</target></trans-unit>',
    ),
    "so many pixels": (
        '<trans-unit id="1" maxwidth="2"><source>Oui.</source></trans-unit>',
        f'<trans-unit id="1" maxwidth="2"><source>Oui.</source><target {MT}>Yes.</target>'
        "</trans-unit>",
    ),
    "a segment that is locked": (
        '<trans-unit id="1"><source>Oui. Non. Oui.</source><seg-source><mrk mtype="seg" mid="1">'
        'Oui.</mrk> <mrk mtype="seg" mid="2">Non.</mrk> <mrk mtype="seg" mid="3">Oui.</mrk>'
        '</seg-source><t:seg-defs><t:seg id="1" locked="true"/><t:seg id="3" conf="Translated"/>'
        '</t:seg-defs></trans-unit>',
        '<trans-unit id="1"><source>Oui. Non. Oui.</source><seg-source><mrk mtype="seg" mid="1">'
        'Oui.</mrk> <mrk mtype="seg" mid="2">Non.</mrk> <mrk mtype="seg" mid="3">Oui.</mrk>'
        f'</seg-source><target {MT}><mrk mtype="seg" mid="1"></mrk> <mrk mtype="seg" mid="2">No.'
        '</mrk> <mrk mtype="seg" mid="3"></mrk></target><t:seg-defs><t:seg id="1" locked="true"/>'
        '<t:seg id="3" conf="Translated"/></t:seg-defs></trans-unit>',
    ),
    "only a segment that is locked": (
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk>'
        '</seg-source><t:seg-defs><t:seg id="1" locked="true"/></t:seg-defs></trans-unit>', None,
    ),
    "confirmed in Phrase": (
        '<trans-unit id="1" t:confirmed="1"><source>Oui.</source><target/></trans-unit>', None,
    ),
    "confirmed in memoQ": (
        '<trans-unit id="1" t:status="ManuallyConfirmed"><source>Oui.</source></trans-unit>', None,
    ),
    "a comment on a segment": (
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk>'
        '</seg-source><target><mrk mtype="seg" mid="1"><mrk mtype="x-sdl-comment" t:cid="c"/>'
        '</mrk></target></trans-unit>',
        '<trans-unit id="1"><source>Oui.</source><seg-source><mrk mtype="seg" mid="1">Oui.</mrk>'
        '</seg-source><target><mrk mtype="seg" mid="1"><mrk mtype="x-sdl-comment" t:cid="c">Yes.'
        '</mrk></mrk></target></trans-unit>',
    ),
    "a comment in XML": (
        '<trans-unit id="1"><source>Oui.</source><target> <!-- so? --></target></trans-unit>',
        f'<trans-unit id="1"><source>Oui.</source><target {MT}>Yes.<!-- so? --></target>'
        "</trans-unit>",
    ),
    "without words": (
        '<trans-unit id="1"><source><x id="1"/></source></trans-unit>',
        '<trans-unit id="1"><source><x id="1"/></source><target state="needs-review-translation" '
        'state-qualifier="x-copy"><x id="1"/></target></trans-unit>',
    ),
    "done": ('<trans-unit id="1"><source>Oui.</source><target>Si.</target></trans-unit>', None),
    "not to be translated": ('<trans-unit id="1" translate="no"><source>Oui.</source></trans-unit>',
                             None),
    "in a group": ('<group translate="no"><trans-unit id="1"><source>Oui.</source></trans-unit>'
                   "</group>", None),
    "other translations": (
        '<trans-unit id="1"><source>Oui.</source><target>Si.</target><alt-trans>'
        "<source>Non.</source><target></target></alt-trans></trans-unit>", None),
    "empty": ('<trans-unit id="1"><source></source></trans-unit>', None),
}  # fmt: skip


@pytest.mark.parametrize("case", UNITS)
def test_xliff_1_is_filled_and_else_the_same_bytes(case):
    before, after = UNITS[case]
    result = pretranslate(HEAD + before.encode() + FOOT, "a.xlf", ENGINE)
    assert (HEAD + (after or before).encode() + FOOT).decode() == result.content.decode()
    assert () == result.left
    again = pretranslate(result.content, "a.xlf", ENGINE)
    assert (result.content, 0) == (again.content, again.filled)


TOO_LONG = {
    "a.xlf": HEAD
    + b'<group maxwidth="3" size-unit="char"><trans-unit id="u1"><source>Oui.</source>'
    b"</trans-unit></group>" + FOOT,
    "b.xlf": b'<xliff version="2.1" srcLang="fr" trgLang="en" xmlns:slr="urn:slr"><file id="f">'
    b'<unit id="u1" slr:sizeRestriction="1,3"><segment id="u1"><source>Oui.</source></segment>'
    b"</unit></file></xliff>",
    "m.xlf": HEAD
    + b'<trans-unit id="u1" t:maxlengthchars="3"><source>Oui.</source></trans-unit>'
    + FOOT,
    # The limit is that of the unit, whoever has said a part of it.
    "c.xlf": b'<xliff version="2.1" srcLang="fr" trgLang="en" xmlns:slr="urn:slr"><file id="f">'
    b'<unit id="u" slr:sizeRestriction="6"><segment id="u0"><source>Non.</source><target>No.'
    b'</target></segment><segment id="u1"><source>Oui.</source></segment></unit></file></xliff>',
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_longer_than_allowed_stays_empty_and_is_named(name):
    result = pretranslate(TOO_LONG[name], name, ENGINE)
    assert TOO_LONG[name] == result.content
    [left] = result.left
    assert "u1" == left.id
    assert "the translation has 4 characters, and there is room for 3" == left.reason


LEGAL = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)
CODED = st.lists(st.one_of(LEGAL, st.sampled_from(["g", "x", "bpt", "ept"])), max_size=8)


@given(st.lists(CODED, min_size=1, max_size=4))
def test_any_xliff_stays_the_same_but_for_its_targets(sources):
    root = etree.fromstring(HEAD + FOOT)
    body = root.find(".//{*}body")
    for number, parts in enumerate(sources):
        unit = etree.SubElement(body, f"{{{root.nsmap[None]}}}trans-unit")
        unit.set("id", f"{number}")
        source = etree.SubElement(unit, f"{{{root.nsmap[None]}}}source")
        last = None
        for at, part in enumerate(parts):
            if part in ("g", "x", "bpt", "ept"):
                last = etree.SubElement(source, f"{{{root.nsmap[None]}}}{part}", id=f"{at}")
                last.text = "inside" if part == "g" else None
            elif last is None:
                source.text = (source.text or "") + part
            else:
                last.tail = (last.tail or "") + part
    before = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    after = etree.fromstring(pretranslate(before, "a.xlf", Echo()).content)
    for target in list(after.iter("{*}target")):
        codes = sorted(e.get("id") for e in target.iter("{*}g", "{*}x", "{*}bpt", "{*}ept"))
        source = target.getparent().find("{*}source")
        assert sorted(e.get("id") for e in source.iterdescendants()) == codes
        said, wanted = ("".join("".join(e.itertext()).split()) for e in (target, source))
        assert letters(wanted) == letters(said)
        target.getparent().remove(target)
    assert etree.tostring(etree.fromstring(before)) == etree.tostring(after)


def xliff2(body, more=""):
    return (
        f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr"{more}>'
        f'<file id="f"><unit id="u">{body}</unit></file></xliff>'
    )


def test_xliff_2_is_filled_and_says_its_language():
    body = (
        '<segment id="1" state="initial"><source>Le <pc id="1">chat <ph id="2"/>noir</pc> dort.'
        "</source></segment><ignorable><source> </source></ignorable><segment><source>Oui<sc "
        'id="3"/>.<ec startRef="3"/></source><target/></segment><segment state="final">'
        "<source>Non.</source><target>Si.</target></segment>"
        '<segment state="final"><source>Non.</source><target/></segment>'
    )
    filled = (
        f'<segment id="1" state="translated"{MT2}><source>Le <pc id="1">chat <ph id="2"/>noir</pc> '
        'dort.</source><target>The <pc id="1"><ph id="2"/>black cat</pc> sleeps.</target></segment>'
        f'<ignorable><source> </source></ignorable><segment state="translated"{MT2}><source>Oui<sc '
        'id="3"/>.<ec startRef="3"/></source><target>Yes<sc id="3"/>.<ec startRef="3"/></target>'
        '</segment><segment state="final"><source>Non.</source><target>Si.</target></segment>'
        f'<segment state="translated"{MT2}><source>Non.</source><target>No.</target></segment>'
    )
    result = pretranslate(xliff2(body).encode(), "a.xlf", ENGINE)
    assert xliff2(filled, ' trgLang="en"') == result.content.decode()


def test_xliff_2_says_where_a_target_is_from_and_no_state_of_before():
    body = '<segment state="initial" subState="acme:new"><source>Oui.</source></segment>'
    result = pretranslate(xliff2(body).encode(), "a.xlf", ENGINE)
    assert f'<segment state="translated"{MT2}>' in result.content.decode()
    [unit] = xliff2_format.read(BytesIO(result.content))
    assert ("Yes.", "mt", "untouched") == (unit.target, unit.origin, unit.status)


def test_xliff_2_has_stretches_that_are_not_to_be_translated():
    stretch = '<sm id="1" translate="no"/>Oui<ph id="2"/><em startRef="1"/>'
    body = f"<segment><source>{stretch} Non.</source></segment>"
    result = pretranslate(xliff2(body).encode(), "a.xlf", ENGINE).content.decode()
    assert f"<target>{stretch} No.</target>" in result


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1"])
def test_a_file_keeps_its_encoding(encoding):
    text = (HEAD + UNITS["codes"][0].encode() + FOOT).decode()
    text = text.replace("UTF-8", encoding.removesuffix("-sig")).replace("\n", "\r\n")
    result = pretranslate(text.encode(encoding), "a.xlf", ENGINE).content
    new = result.decode(encoding)
    added = [
        new[c:d]
        for kind, _, _, c, d in SequenceMatcher(None, text, new, autojunk=False).get_opcodes()
        if kind != "equal"
    ]
    assert 1 == len(added)
    assert "The <g id=" in added[0]
    assert text == new.replace(added[0], "")


def test_what_the_encoding_lacks_is_written_as_a_reference():
    text = "<xliff version='1.2'><file><trans-unit id='1'><source>Oui.</source></trans-unit></file>"
    head = '<?xml version="1.0" encoding="iso-8859-1"?>'
    engine = Dictionary({"Oui.": ("“Yes” ‽", [(0, 0)])})
    result = pretranslate(f"{head}{text}</xliff>".encode(), "a.xlf", engine)
    [target] = etree.fromstring(result.content).iter("target")
    assert "“Yes” ‽" == target.text


def test_a_memory_and_a_glossary_are_used(tmp_path):
    unit = TranslationUnit("1", "d", 0, 0, 4, "Oui.", "Aye.", "human", "approved")
    build([unit], tmp_path / "m.sqlite")
    engine = Remembering(ENGINE, Memory(tmp_path / "m.sqlite"))
    result = pretranslate(HEAD + UNITS["an empty target"][0].encode() + FOOT, "a.xlf", engine)
    assert b'state-qualifier="exact-match">Aye.</target>' in result.content
    result = pretranslate(b'msgid "Oui."\nmsgstr ""\n', "a.po", engine)
    assert b'msgid "Oui."\nmsgstr "Aye."\n' == result.content


def test_a_memory_is_asked_for_the_whole_text_first(tmp_path):
    unit = TranslationUnit("1", "d", 0, 0, 9, "Oui. Non.", "No – yes.", "human", "approved")
    build([unit], tmp_path / "m.sqlite")
    engine = Remembering(ENGINE, Memory(tmp_path / "m.sqlite"))
    body = '<trans-unit id="1"><source>\n Oui.<x id="1"/> Non. </source></trans-unit>'
    result = pretranslate(HEAD + body.encode() + FOOT, "a.xlf", engine).content.decode()
    [target] = re.findall(r"<target .*?</target>", result, re.DOTALL)
    assert re.sub("<[^<>]*>", "", target) == "\n No – yes. "
    assert 'state-qualifier="fuzzy-match"' in target
    assert 1 == target.count('<x id="1"/>')


PO = """\
# Kept.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. for people
#: src/a.c:12
#, c-format
msgid "%d <b>chat</b>"
msgid_plural "%d <b>chats</b>"
msgstr[0] ""
msgstr[1] ""

#: src/b.c
msgctxt "menu"
msgid ""
"Oui.\\n"
"Dit \\"non\\".\\n"
msgstr ""

msgid "Non."
msgstr   "Si."

#, fuzzy
msgid "Non"
msgstr ""

#~ msgid "Vieux"
#~ msgstr ""
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_po_is_filled_and_else_the_same_lines(end, tmp_path):
    before = PO.replace("\n", end)
    result = pretranslate(before.encode(), "a.po", ENGINE)
    assert (4, ()) == (result.filled, result.left)
    after = result.content.decode()
    new = [line for line in after.split(end) if line not in before.split(end)]
    assert ["#, fuzzy, c-format", 'msgstr[0] "%d <b>chat</b>"', 'msgstr[1] "%d <b>chats</b>"',
            '"Yes.\\n"', 'msgstr "Non"'] == new  # fmt: skip
    (tmp_path / "a.po").write_bytes(result.content)
    entries = polib.pofile(str(tmp_path / "a.po"))
    assert ["", 'Yes.\nDit "non".\n', "Si.", "Non"] == [e.msgstr for e in entries[:4]]
    assert {0: "%d <b>chat</b>", 1: "%d <b>chats</b>"} == entries[0].msgstr_plural
    assert [True, True, False, True] == [entry.fuzzy for entry in entries[:4]]
    assert "" == entries.obsolete_entries()[0].msgstr


def test_flags_of_a_message_go_before_what_it_was():
    before = '#: x\n#| msgctxt "a"\n#| msgid "Vieux"\nmsgid "Oui."\nmsgstr ""\n'
    result = pretranslate(before.encode(), "a.po", ENGINE).content.decode()
    assert before.replace("#| msgctxt", "#, fuzzy\n#| msgctxt").replace('""', '"Yes."') == result


def test_a_last_line_without_an_end_gets_that_of_the_others():
    result = pretranslate(b'msgid "Oui."\r\nmsgstr ""', "a.po", ENGINE).content
    assert b'#, fuzzy\r\nmsgid "Oui."\r\nmsgstr "Yes."\r\n' == result


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5, unique=True))
def test_any_message_comes_back_as_another_reader_reads_it(texts):
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    texts = [t for t in texts if t.isprintable() or t.strip("\n\t").isprintable()]
    file.extend(polib.POEntry(msgid=text) for text in texts)
    result = pretranslate(str(file).encode("utf-8", "replace"), "a.po", Echo())
    read = polib.pofile(result.content.decode())
    assert len(texts) == len(read)
    for entry in read:
        if entry.msgstr:
            assert letters(entry.msgid) == letters(entry.msgstr)


def letters(text):
    """What an engine that echoes does not change: quotes and spaces it does."""
    return [c for c in unicodedata.normalize("NFC", text) if c.isalnum()]


LOSSES = [
    # source, what the engine makes of it, the placeholder that it lost
    ("Bonjour {name} !", "Hello {Name}!", "{name}"),
    ("%d sur %d.", "%d of many.", "%d"),
    ("%(nom)s dort.", "It sleeps.", "%(nom)s"),
    ("Coût : ${prix}.", "Cost: $prix.", "${prix}"),
    ("50 % de tout.", "50% of all.", ""),
    ("Dix.", "Ten {x}.", "{x}"),
    ("Voir [[page]].", "See [Do].", "[[page]]"),
    ("{n, plural, one {un} other {des}}", "{n, plural, one {one} other {some}}", "{n, plural,"),
]


@pytest.mark.parametrize(("source", "target", "lost"), LOSSES)
def test_a_lost_placeholder_leaves_the_target_empty(source, target, lost):
    engine = Dictionary({normalise(source).text: (target, [])})
    content = f'#: x\nmsgid "{source}"\nmsgstr ""\n'.encode()
    result = pretranslate(content, "a.po", engine)
    if lost:
        assert content == result.content
        assert [("line 2", f"{lost} is not in the translation as in the source")] == [
            (left.id, left.reason) for left in result.left
        ]
    else:
        assert f'msgstr "{target}"' in result.content.decode()


def test_a_placeholder_is_put_back_where_its_word_is_linked():
    from bitext.enforce import Enforced

    engine = Enforced(Dictionary({"Bonjour {name}.": ("Hello you.", [(0, 0), (1, 1)])}))
    terms = Glossary([TermEntry("Bonjour", "Hi", "term")])
    result = pretranslate(b'msgid "Bonjour {name}."\nmsgstr ""\n', "a.po", engine, terms)
    assert b'#, fuzzy\nmsgid "Bonjour {name}."\nmsgstr "Hi {name}."\n' == result.content


BOMB = b"<!DOCTYPE x [<!ENTITY a 'aa'><!ENTITY b '&a;&a;'>]><xliff>&b;</xliff>"
BAD = {
    "cut off": ("a.xlf", HEAD + b"<trans-unit><source>Oui", "a.xlf:7: not well-formed XML"),
    "no XLIFF": ("a.xlf", b"<html/>", "<html> where <xliff> should be"),
    "entities": ("a.xlf", BOMB, "uses the XML entity"),
    "outside": ("a.xlf", b"<!DOCTYPE x SYSTEM 'file:///etc/passwd'><xliff>&x;</xliff>", "a.xlf"),
    "deep": ("a.xlf", b"<xliff>" + b"<g>" * 5000, "nested more than"),
    "wrong way": ("a.xlf", b"<xliff>\n<file source-language='de'/></xliff>",
                  "a.xlf:2: source-language is 'de'"),
    "wrong target": ("a.xlf", b"<xliff version='2.0' srcLang='fr' trgLang='it'/>", "trgLang"),
    "not as it says": ("a.xlf", b"<xliff>\xe9</xliff>", "not encoded as it says"),
    "empty XLIFF": ("a.xlf", b"", "a.xlf:1"),
    "PO in ruins": ("a.po", b'msgid "Oui."\nmsgstr "\n', "a.po:2"),
    "PO with a stray line": ("a.po", b'msgid "Oui."\nboo\n', "a.po:2: is neither"),
    "PO twice": ("a.po", b'msgid "a"\nmsgstr ""\nmsgstr ""\n', "a.po:3: msgstr comes twice"),
    "PO not as it says": ("a.po", b'"charset=UTF-8"\nmsgid "\xe9"\n', "a.po:2: is not UTF-8"),
    "PO into French": ("a.po", b'\nmsgid ""\nmsgstr "Language: fr_FR\\n"\n',
                       "a.po:2: Language is 'fr'; bitext translates to English"),
    "PO from English": ("a.po", b'msgid ""\nmsgstr "X-Source-Language: en\\n"\n',
                        "a.po:1: X-Source-Language is 'en'; bitext translates from French"),
    "large": ("a.po", b" " * (64 * 1024 * 1024 + 1), "larger than"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_damage_is_one_line_with_the_name(case):
    name, content, message = BAD[case]
    with pytest.raises(InputError) as error:
        pretranslate(content, name, Echo())
    assert message in str(error.value)
    assert str(error.value).startswith(name)
    assert "\n" not in str(error.value)


def test_other_files_are_no_bilingual_files():
    with pytest.raises(UnknownName, match="bilingual"):
        pretranslate(b"", "a.txt", Echo())


def test_the_command_names_what_stayed_empty(tmp_path):
    (tmp_path / "a.po").write_text('msgid "Oui {x}"\nmsgstr ""\n\nmsgid "Non"\nmsgstr ""\n')
    arguments = ["translate", str(tmp_path / "a.po"), "--engine", "echo"]
    out = ["--out", str(tmp_path / "b.po")]
    result = CliRunner().invoke(cli.app, arguments + out)
    assert (0, "") == (result.exit_code, result.stdout)
    assert "2 filled, 0 left empty" in result.stderr
    assert 'msgstr "Oui {x}"' in (tmp_path / "b.po").read_text()
    # A memory that has lost the placeholder.
    unit = TranslationUnit("1", "d", 0, 0, 4, "Oui {x}", "Yes", "human")
    with (tmp_path / "m.jsonl").open("wb") as file:
        from bitext.formats import jsonl

        jsonl.write([unit], file, signature="s")
    environment = {"BITEXT_CACHE": str(tmp_path)}
    more = ["--memory", str(tmp_path / "m.jsonl")]
    result = CliRunner().invoke(cli.app, arguments + more, env=environment)
    assert 3 == result.exit_code
    assert "line 1: {x} is not in the translation" in result.stderr
    assert 'msgid "Oui {x}"\nmsgstr ""' in result.stdout
