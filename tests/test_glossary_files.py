"""Glossary files: every format that is read, what is refused and where, and what is written."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.errors import GlossaryError, InputError
from bitext.glossary import Glossary, checking, read
from bitext.glossary.reading import Findings, examine, examine_file
from bitext.glossary.rows import Row, Unusable, entry_of
from bitext.glossary.writing import FORMATS
from bitext.units import TermEntry

LOI = TermEntry("loi", "Act")
BAIL = TermEntry("bail", "lease")

TBX_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc>
</fileDesc></martifHeader><text><body>
<termEntry id="c1"><descrip type="subjectField">law</descrip><note>of Parliament</note>
<langSet xml:lang="en-GB"><tig><term>statute</term><termNote
type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
<ntig><termGrp><term>Act</term>
<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
<tig><term>rule</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
<langSet xml:lang="fr-CA"><tig><term>loi</term><termNote type="partOfSpeech">noun</termNote></tig>
</langSet><langSet xml:lang="de"><tig><term>Gesetz</term></tig></langSet></termEntry>
</body></text></martif>"""
TBX_3 = """<?xml version="1.0"?>
<tbx style="{style}" type="TBX-Min" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
<tbxHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></tbxHeader><text><body>
<conceptEntry id="c2">{subject}<langSec xml:lang="fr"><termSec><term>loi</term></termSec>
<termSec><term>texte <hi>de</hi> loi</term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>law</term></termSec>
<termSec><term>Act</term>{status}</termSec></langSec></conceptEntry></body></text></tbx>"""
DCA = TBX_3.format(
    style="dca",
    subject='<descrip type="subjectField">law</descrip>',
    status='<termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>',
)
DCT = TBX_3.format(
    style="dct",
    subject="<min:subjectField>law</min:subjectField>",
    status="<min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus>",
)
TMX = """<?xml version="1.0"?><tmx version="1.4"><header srclang="fr"/><body>
<tu tuid="7"><note>n</note><tuv xml:lang="FR"><seg>la <bpt i="1">&lt;b></bpt>loi</seg></tuv>
<tuv xml:lang="en-us"><seg>the Act</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>bail</seg></tuv><tuv xml:lang="en"><seg>lease</seg></tuv></tu>
<tu><tuv xml:lang="fr"><seg>bail</seg></tuv><tuv xml:lang="en"><seg>let</seg></tuv></tu>
</body></tmx>"""

LAW = TermEntry("loi", "Act", admitted=("law",), domain="law", id="c2")
BILL = TermEntry("texte de loi", "Act", admitted=("law",), domain="law", id="c2")
NOTED = TermEntry("loi", "Act", note="of Parliament")
READ = {
    # CSV: with a header or not, of any delimiter, quoted, of DeepL, of AWS and others.
    ("a.csv", "loi,Act\nbail,lease\n"): [LOI, BAIL],
    ("a.csv", "loi;Act\nbail;lease"): [LOI, BAIL],
    ("a.csv", "loi;Act, law\nbail;lease"): [TermEntry("loi", "Act, law"), BAIL],
    ("a.csv", "loi\tAct\nbail\tlease"): [LOI, BAIL],
    ("a.csv", "\ufeffsource,target\r\nloi,Act\r\n\r\nbail,lease\r\n"): [LOI, BAIL],
    ("a.csv", 'loi,"Act, or ""law"""\n'): [TermEntry("loi", 'Act, or "law"')],
    ("a.csv", 'loi,Act,"two\nlines"\nbail,lease'): [
        TermEntry("loi", "Act", note="two lines"), BAIL
    ],
    ("a.csv", "loi,Act | law,see"): [TermEntry("loi", "Act", admitted=("law",), note="see")],
    ("a.csv", "loi,Act,fr,en\nbail,lease,fr,en-GB\nx,y,fr,de"): [LOI, BAIL],
    ("a.csv", "en,fr,de\nAct,loi,Gesetz\nlease,bail,Miete"): [LOI, BAIL],
    ("a.csv", "fr-CA,en,Directionality\nloi,Act,Uni\nbail,lease,Multi"): [LOI, BAIL],
    ("a.csv", "en,fr,pos,description\nAct,loi,noun,of\n"): [
        TermEntry("loi", "Act", note="of", pos="noun")
    ],
    ("a.csv", "#loi,#law"): [TermEntry("#loi", "#law")],
    ("a.csv", "Parler,Parler"): [TermEntry("Parler", "Parler", "dnt")],
    ("a.csv", "source,target,kind\nParler,,dnt"): [TermEntry("Parler", "Parler", "dnt")],
    # Told by what they hold, whatever the name.
    ("a.txt", "loi;Act\nbail;lease"): [LOI, BAIL],
    ("a.utf8", "# OmegaT\nloi\tAct\tof Parliament"): [NOTED],
    ("a.txt", TBX_2): [
        TermEntry("loi", "Act", admitted=("statute",), note="of Parliament", pos="noun",
                  domain="law", id="c1"),
        TermEntry("loi", "rule", "forbidden", note="of Parliament", pos="noun", domain="law",
                  id="c1"),
    ],
    ("a.tbx", DCA): [LAW, BILL],
    ("a.tbx", DCT): [LAW, BILL],
    ("a.tmx", TMX): [
        TermEntry("la loi", "the Act", note="n", id="7"),
        TermEntry("bail", "lease", admitted=("let",)),
    ],
    # TSV with columns of its own.
    ("a.tsv", "target\tsource\tcase\tmatch\nAct\tloi\tsensitive\tExact"): [
        TermEntry("loi", "Act", match="exact", case="sensitive")
    ],
    ("a.tsv", "source\ttarget\tkind\tinclude\tplural\nmessage\tmessage\tforbidden\ta | b\tc"): [
        TermEntry("message", "message", "forbidden", include=("a", "b"), plural="c")
    ],
    ("a.tsv", "source\ttarget\tkind\tred\nnotes\tnotes\tterm\tx"): [TermEntry("notes", "notes")],
    ("a.tsv", "a b\tc \\| d | \\= | ="): [TermEntry("a b", "c | d", admitted=("=", "a b"))],
    ("a.tsv", "\\#loi\t#Act"): [TermEntry("#loi", "#Act")],
    ("a.tsv", "loi\tAct\rbail\tlease\r"): [LOI, BAIL],
    ("a.tsv", "source\ttarget\tmatch\nn° (\\d+)\tNo. \\1\tregex"): [
        TermEntry("n° (\\d+)", "No. \\1", match="regex")
    ],
    ("a.tsv", "source\ttarget\tkind\nloi\trule\tforbidden\nloi\torder\tforbidden\nloi\tAct"): [
        TermEntry("loi", "rule", "forbidden", ("order",)), LOI
    ],
    ("a.tsv", "source\ttarget\tinclude\nport\tport\tbateau\nport\tcarrying\tarme"): [
        TermEntry("port", "port", "dnt", include=("bateau",)),
        TermEntry("port", "carrying", include=("arme",)),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("name", "text"), READ)
def test_files_that_are_read(name, text, tmp_path):
    for encoding in ("utf-8", "utf-16"):
        if encoding == "utf-16" and text.startswith(("<", "\ufeff")):
            continue
        (tmp_path / name).write_bytes(text.encode(encoding))
        assert READ[name, text] == read(tmp_path / name)


def tbx(body: str, doctype: str = "") -> str:
    return f'<?xml version="1.0"?>\n{doctype}\n<tbx><text><body>\n{body}</body></text></tbx>'


def concept(french: str, english: str) -> str:
    sections = (("fr", french), ("en", english))
    return (
        "<conceptEntry>"
        + "".join(
            f'<langSec xml:lang="{lang}"><termSec><term>{text}</term></termSec></langSec>'
            for lang, text in sections
        )
        + "</conceptEntry>\n"
    )


LAUGHS = "<!DOCTYPE tbx [<!ENTITY a 'ha'>\n" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
REGEX = "source\ttarget\tmatch\n"
REFUSED = {
    ("a.csv", b"loi,Act\n,law"): (2, "has no French term"),
    ("a.csv", b"loi,Act\nbail,"): (2, "has no English term; write one"),
    ("a.csv", b"loi,Act\nbail"): (2, "needs a French term and an English one"),
    ("a.csv", b"en,fr\nlease"): (2, "needs a French term and an English one"),
    ("a.csv", b"loi,Act\nloi,law"): (2, "'loi' is listed twice with different targets"),
    ("a.csv", b'loi,Act\n"bail"x,y'): (2, "cannot be read"),
    ("a.csv", b"loi,Act,en,fr"): (1, "goes from English to French"),
    ("a.csv", b"en,fr,Directionality\nAct,loi,Uni"): (2, "goes one way only, from English"),
    ("a.tsv", b"loi\tAct\n" + b"x" * 10_000_000 + b"\nbail\t=\n"): (2, "is longer than"),
    ("a.csv", b"loi,Act\nb\xe9b\xe9,baby"): (2, "is not UTF-8; save the glossary as UTF-8"),
    ("a.tsv", b"loi\tAct\nloi\x07\tAct"): (2, "the French term holds the control character U+0007"),
    ("a.tsv", b"loi\tAct\nloi" + b" de" * 5000 + b"\tAct"): (2, "the French term has 15,003"),
    ("a.tsv", b"source\ttarget\tkind\na\tb\tmaybe"): (2, "kind 'maybe' is unknown"),
    ("a.tsv", b"source\ttarget\tmatch\na\tb\tfuzzy"): (2, "match 'fuzzy' is unknown"),
    ("a.tsv", b"source\ttarget\tkind\na\t\tforbidden"): (2, "needs a target to forbid"),
    ("a.tsv", b"a\t" + b"|".join(b"%d" % n for n in range(101))): (1, "has 101 targets"),
    ("a.tsv", b"PK\x03\x04\0\0"): (1, "is no text; save it as CSV or tab-separated text"),
    ("a.tbx", tbx(concept("", "Act"))): (4, "has no French term"),
    ("a.tbx", tbx(concept("loi", ""))): (4, "has an empty English term"),
    ("a.tbx", tbx(concept("loi", "Act"))[:-3]): (5, "not well-formed XML"),
    ("a.tbx", "<:/>"): (1, "<:> where"),
    ("a.tbx", tbx(concept("&a;", "b"), "<!DOCTYPE tbx [<!ENTITY a 'loi'>]>")): (
        3, "declares the XML entity 'a'"),
    ("a.tbx", tbx(concept("&j;", "b"), LAUGHS + "]>")): (4, "declares the XML entity"),
    ("a.tbx", tbx(concept("&x;", "b"), "<!DOCTYPE tbx SYSTEM 'file:///etc/passwd'>")): (
        4, "uses the XML entity 'x'"),
    ("a.tbx", "<html><body/></html>"): (1, "<html> where <tbx>, <martif> or <tmx> should be"),
    ("a.tbx", tbx("<a>" * 60 + "</a>" * 60)): (4, "is nested or filled beyond all measure"),
    ("a.tbx", tbx(concept("x", "y").replace('"fr"', '"de"'))): (
        1, "no concept has both fr and en terms; its languages are de, en"),
    **{("a.tsv", f"{REGEX}{source}\tx\tregex"): (2, said) for source, said in {
        "(a+)+$": "pattern may take for ever",
        "(?:x+x+)+y": "pattern may take for ever",
        "(\\w+ ?)*$": "pattern may take for ever",
        "((((a{1000}){1000}){1000}){1000})": "pattern may take for ever",
        "a(?R)": "pattern may take for ever",
        "(loi": "pattern cannot be read (missing ) at position 4)",
        "x*": "pattern fits an empty text",
        "a" * 501: "pattern of 501 characters; 500 are the most",
    }.items()},
    ("a.tsv", f"{REGEX}(\\d)\t\\2\tregex"): (2, "target names a group"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: str(case)[:60])
def test_files_that_are_refused(case, tmp_path):
    (name, content), (line, said) = case, REFUSED[case]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GlossaryError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:{line}: {said}")
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match=r"glossary cannot be read \(no such file"):
        read(tmp_path / "none.tsv")


def test_all_errors_are_collected_and_the_rest_is_read(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_bytes(b"loi\tAct\nx\nb\xe9\tz\nloi\tlaw\n" + b"y" * 200_000 + b"\nbail\tlease\n")
    found = examine(path)
    assert ([LOI, BAIL], [1, 6]) == (found.entries, found.lines)
    assert [2, 3, 4, 5] == sorted(problem.line for problem in found.errors)


def test_targets_of_one_source_are_merged_if_asked(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("loi\tAct\nloi\tlaw | Act\nloi\tstatute\n", "utf-8")
    assert [TermEntry("loi", "Act", admitted=("law", "statute"))] == read(path, merge=True)


def back(form: str, entries: list[TermEntry]) -> Findings:
    file = io.BytesIO()
    FORMATS[form](entries, file)
    file.seek(0)
    return examine_file(file, f".{form}", merge=False)


CELL = st.text(max_size=8) | st.lists(st.sampled_from('a|=\\#" ,;\t\n«é&<]>\u2028\ufeff')).map(
    "".join
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "note": CELL | st.just("bitext:{}"), "plural": CELL, "include": CELL, "exclude": CELL,
        "pos": CELL | st.just("noun"), "domain": CELL,
        "id": CELL | st.sampled_from(["c1", "bitext-1", "bitext-2"]),
        "kind": st.sampled_from(["term", "dnt", "forbidden"]),
        "match": st.sampled_from(["lemma", "exact"]),
        "case": st.sampled_from(["smart", "sensitive", "insensitive"]),
    },
)  # fmt: skip
ROWS = st.builds(Row, st.just(1), CELL, st.lists(CELL, max_size=3).map(tuple), FIELDS)


@given(st.lists(ROWS, max_size=4))
def test_what_is_written_is_read_back(rows):
    entries = []
    for number, row in enumerate(rows):
        try:
            entry = entry_of(Row(1, f"{row.source}{number}", row.targets, row.fields))
        except Unusable:
            continue
        entries.append(entry)
    for form in ("tsv", "csv", "tbx") if entries else ():
        assert (entries, []) == ((found := back(form, entries)).entries, found.errors)


def test_omegat_gets_a_line_for_each_target():
    file = io.BytesIO()
    entries = [
        TermEntry("loi", "Act", admitted=("law",), note="n"),
        TermEntry("a", "b", "forbidden"),
        TermEntry("a (.)", "b", match="regex"),
    ]
    FORMATS["omegat"](entries, file)
    assert b"loi\tAct\tn\nloi\tlaw\tn\n" == file.getvalue()


def test_what_is_said_of_a_term_is_its_note(tmp_path):
    told = "<descrip type='definition'>une règle</descrip><note>of Parliament</note>"
    body = concept("loi", "Act").replace("<term>loi</term>", f"<term>loi</term>{told}")
    body += concept("bail", "lease").replace("<term>lease</term>", "<term>lease</term>"
        "<descripGrp><descrip type='definition'>a contract</descrip></descripGrp>")  # fmt: skip
    (tmp_path / "a.tbx").write_text(tbx(body), "utf-8")
    assert ["of Parliament", "a contract"] == [e.note for e in read(tmp_path / "a.tbx")]


def test_a_concept_of_one_language_is_left_out_and_told(tmp_path):
    alone = concept("bail", "lease").replace('"en"', '"de"')
    (tmp_path / "a.tbx").write_text(tbx(concept("loi", "Act") + alone), "utf-8")
    found = examine(tmp_path / "a.tbx")
    assert [LOI] == found.entries
    assert [(5, "warning", "left out: the concept has no English term")] == [
        (problem.line, problem.severity, problem.text) for problem in found.problems
    ]


def test_the_glossary_of_the_project_in_every_format():
    entries = read(Path(__file__).parent.parent / "glossary" / "parler.tsv")
    for form in FORMATS:
        found = back(form, entries)
        assert entries == found.entries
        # OmegaT has no column that says that a term stays.
        assert form == "omegat" or checking.warnings(found) == []


def test_a_concept_as_it_is_written():
    file = io.BytesIO()
    entry = TermEntry("loi", "Act", admitted=("<law>",), note="n", pos="noun", domain="d", id="c1")
    FORMATS["tbx"]([replace(entry, plural="Acts"), replace(entry, kind="forbidden")], file)
    status = '<termNote type="administrativeStatus">{}Term-admn-sts</termNote></termSec>'.format
    assert (
        '<conceptEntry id="c1"><descrip type="subjectField">d</descrip><note>n</note>'
        '<note>bitext:{"plural": "Acts"}</note><langSec xml:lang="fr"><termSec><term>loi</term>'
        '<termNote type="partOfSpeech">noun</termNote></termSec></langSec><langSec xml:lang="en">'
        f"<termSec><term>Act</term>{status('preferred')}<termSec><term>&lt;law&gt;</term>"
        f"{status('admitted')}</langSec></conceptEntry>"
    ) in file.getvalue().decode()
    assert '<conceptEntry id="bitext-2">' in file.getvalue().decode()


WHOLE = [*(text.encode() for _, text in READ), TBX_2.encode("utf-16"), LAUGHS.encode()]


@given(
    st.sampled_from(WHOLE) | st.binary(max_size=60), st.binary(max_size=9), st.integers(0, 900),
    st.integers(0, 99), st.sampled_from([".tsv", ".csv", ".tbx", ".txt"]),
)  # fmt: skip
def test_damage_is_a_problem_and_no_fault(whole, noise, at, gone, suffix):
    content = whole[:at] + noise + whole[at + gone :]
    found = examine_file(io.BytesIO(content), suffix, merge=False)
    checking.warnings(found)
    assert len(found.entries) == len(found.lines)
    assert all(problem.line >= 1 and "\n" not in problem.text for problem in found.problems)
    Glossary(found.entries).match("Une loi, un bail, n° 3.")
