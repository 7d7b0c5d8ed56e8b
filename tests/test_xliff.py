"""XLIFF as other tools write it, and what ours looks like to them."""

import io

import pytest
from test_formats import UNIT, read, written

from bitext.formats.findings import Finding
from bitext.formats.xliff import read as read_xliff

OLD = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="urn:sdl">'
    '<file original="a.docx" source-language="fr-FR" target-language="en-US"><header/><body>'
    "<group>{}</group></body></file></xliff>"
)
NEW = (
    '<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="fr" trgLang="en">'
    '<file id="f" original="b.html"><group id="g">{}</group></file></xliff>'
)


@pytest.mark.parametrize(
    ("expected", "content"),
    [
        (
            [("7", "Le chat noir", "The cat")],
            OLD.format(
                '<trans-unit id="7"><source>Le <g id="1">chat</g><x id="2"/> noir</source>'
                "<target>The <bpt id='1'>&lt;b></bpt>cat<ept id='1'>&lt;/b></ept></target>"
                "<alt-trans><source>x</source><target>y</target></alt-trans></trans-unit>"
            ),
        ),
        (
            [("7:1", "Un.", "One."), ("7:2", "Deux.", "")],
            OLD.format(
                '<trans-unit id="7"><source>Un. Deux.</source><seg-source><g id="0">'
                '<mrk mtype="seg" mid="1">Un.</mrk> <mrk mtype="seg" mid="2">Deux.</mrk></g>'
                '</seg-source><target><mrk mtype="seg" mid="1">One.</mrk></target>'
                "<sdl:seg-defs><sdl:seg id='1'/></sdl:seg-defs></trans-unit>"
            ),
        ),
        (
            [("7", "Le terme.", "")],
            OLD.format(
                '<trans-unit id="7"><source>Le <mrk mtype="term">terme</mrk>.</source></trans-unit>'
            ),
        ),
        (
            [("u1:s1", "Un.", "One."), ("u1:2", "Le chat\x1b.", "")],
            NEW.format(
                '<unit id="u1"><originalData><data id="d">&lt;b></data></originalData>'
                '<segment id="s1"><source>Un.</source><target>One.</target></segment>'
                "<ignorable><source> </source></ignorable><segment><source>Le "
                '<pc id="1" dataRefStart="d">chat</pc><ph id="2"/><cp hex="001B"/>.</source>'
                "</segment></unit>"
            ),
        ),
        (
            [("1", "Fin. Un deux", "CO2"), ("2", "la Paix 75002", "A B.")],
            OLD.format(
                '<trans-unit id="1"><source>Fin.<x id="1"/>Un<x id="2"/>deux</source>'
                '<target>CO<g id="1">2</g></target></trans-unit>'
                '<trans-unit id="2"><source><x id="0" ctype="lb"/>la Paix<ph id="1">&lt;br/></ph> '
                '75002</source><target>A <x id="1"/> B<x id="2"/>.</target></trans-unit>'
            ),
        ),
        ([], OLD.format('<bin-unit id="1"><bin-source/></bin-unit>')),
    ],
)
def test_files_of_other_tools(expected: list[tuple[str, str, str]], content: str) -> None:
    for name in ("xliff", "xliff2"):
        found = read(name, content.encode())
        assert expected == [(unit.id, unit.source, unit.target) for unit in found]


@pytest.mark.parametrize(
    ("expected", "unit", "target"),
    [
        (("untouched", "human"), "", ""),
        (("draft", "human"), "", ' state="translated"'),
        (("approved", "human"), "", ' state="signed-off"'),
        (("approved", "human"), ' approved="yes"', ' state="translated"'),
        (
            ("untouched", "mt"),
            "",
            ' state="needs-review-translation" state-qualifier="leveraged-mt"',
        ),
        (("draft", "tm"), "", ' state="translated" state-qualifier="exact-match"'),
        (("rejected", "human"), "", ' state="translated" state-qualifier="rejected-grammar"'),
        (("untouched", "copy"), "", ' state-qualifier="x-copy"'),
        (("untouched", "mt"), ' sdl:trans-origin="mt" sdl:confirmed="0"', ""),
        (("draft", "human"), ' sdl:confirmed="1"', ""),
        (("untouched", "mt"), ' sdl:status="MachineTranslated"', ""),
        (("untouched", "tm"), ' sdl:status="Pretranslated"', ""),
        (("draft", "human"), ' sdl:status="ManuallyConfirmed"', ""),
        (("approved", "human"), ' sdl:status="Proofread"', ""),
        (("rejected", "human"), ' sdl:status="Rejected"', ""),
    ],
)
def test_states_of_other_tools(expected: tuple[str, str], unit: str, target: str) -> None:
    inside = f'<trans-unit id="7"{unit}><source>a</source><target{target}>b</target></trans-unit>'
    [found] = read("xliff", OLD.format(inside).encode())
    assert expected == (found.status, found.origin)


def test_what_trados_says_of_each_segment() -> None:
    marks = "".join(f'<mrk mtype="seg" mid="{mid}">{mid}</mrk>' for mid in "123")
    segments = "".join(
        f'<sdl:seg id="{mid}" {about}/>'
        for mid, about in (
            ("1", 'conf="ApprovedTranslation"'),
            ("2", 'conf="Translated" origin="interactive"'),
            ("3", 'conf="Draft" origin="mt"'),
        )
    )
    content = OLD.replace("urn:sdl", "http://sdl.com/FileTypes/SdlXliff/1.0").format(
        f'<trans-unit id="7"><source>123</source><seg-source>{marks}</seg-source>'
        f"<target>{marks}</target><sdl:seg-defs>{segments}</sdl:seg-defs></trans-unit>"
    )
    found = [(unit.target, unit.status, unit.origin) for unit in read("xliff", content.encode())]
    assert [("1", "approved", "human"), ("2", "draft", "human"), ("3", "untouched", "mt")] == found


@pytest.mark.parametrize(
    ("expected", "segment"),
    [
        ("untouched", ""),
        ("draft", ' state="translated"'),
        ("approved", ' state="reviewed"'),
        ("approved", ' state="final"'),
        ("rejected", ' state="initial" subState="bitext:rejected"'),
        ("draft", ' state="translated" subState="other:x"'),
    ],
)
def test_states_of_newer_tools(expected: str, segment: str) -> None:
    inside = f'<unit id="1"><segment{segment}><source>a</source><target>b</target></segment></unit>'
    assert [expected] == [unit.status for unit in read("xliff2", NEW.format(inside).encode())]


def test_a_state_that_another_tool_changed_wins_over_ours() -> None:
    content = written("xliff", [UNIT]).decode()
    assert 'state="translated"' in content
    [back] = read("xliff", content.replace('state="translated"', 'state="final"').encode())
    assert ("approved", UNIT.origin) == (back.status, back.origin)


def test_notes_are_comments() -> None:
    inside = "<source>a</source><target>b</target><note>un</note><note from='x'>deux</note>"
    [unit] = read("xliff", OLD.format(f'<trans-unit id="7">{inside}</trans-unit>').encode())
    assert "un\ndeux" == unit.comment


def test_a_document_is_a_file() -> None:
    content = written("xliff", [UNIT, UNIT]).decode()
    assert 1 == content.count("<file ")
    assert 'source-language="fr"' in content
    assert 'xml:space="preserve"' in content


def test_two_targets_and_wrong_languages_are_told_with_their_line() -> None:
    inside = (
        '<unit id="1">\n<segment><source>a</source><target>b</target><target/></segment></unit>'
    )
    said: list[Finding] = []
    content = NEW.format(inside).replace('trgLang="en"', 'trgLang="en_GB"')
    list(read_xliff(io.BytesIO(content.encode()), name="x.xlf", report=said.append))
    assert [
        "x.xlf:1: language code 'en_GB' should be en-GB",
        "x.xlf:1: 1: has two targets; the first counts",
    ] == list(map(str, said))
