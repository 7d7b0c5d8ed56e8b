"""Code and the like is copied: in a sentence, in a document, in what a reviewer edits."""

import io
import string

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from bitext import documents, pipeline
from bitext.enforce import held
from bitext.enforce.verbatim import Verbatim
from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.formats import tmx
from bitext.glossary import Glossary
from bitext.inline import Code, Marking, placed
from bitext.segment import split
from bitext.units import Copied, Document, Hypothesis, Link, TermEntry
from bitext.verbatim import code_in

WORDS = {
    "le": "the",
    "fichier": "file",
    "la": "the",
    "touche": "key",
    "avec": "with",
    "ici": "here",
}


class Word(Echo):
    """Word for word; names that it is told to keep it loses, unless they are `known`."""

    def __init__(self, known=()):
        self.known = known
        self.asked = []

    def translate(self, requests, *, n_best=1):
        self.asked += [request.text for request in requests]
        return [[self.said(request)] for request in requests]

    def said(self, request):
        target, links, at = "", [], 0
        for word in request.text.split(" "):
            kept = [m.required for m in request.terms if m.start <= at < m.end and at == m.start]
            new = WORDS.get(word.lower(), word)
            if kept:
                new = kept[0] if kept[0] in self.known else "???"
            start = len(target) + bool(target)
            target = f"{target} {new}" if target else new
            links.append(Link(at, at + len(word), start, start + len(new)))
            at += len(word) + 1
        return Hypothesis(target, -1.0, tuple(links))


def lines(text, engine, glossary=pipeline.NOTHING):
    return "\n".join(pipeline.translate_lines(text.split("\n"), Verbatim(engine), glossary))


COPIED = [
    ("le fichier `a.txt` ici", "the file `a.txt` here"),
    ("le fichier `*.txt` ici", "the file `*.txt` here"),
    ("`a` avec `a` avec `b`", "`a` with `a` with `b`"),
    ("l`eau et l`air", "l'eau et l'air"),  # slips for apostrophes
    ('`git -m "le fichier. La"` ici', '`git -m "le fichier. La"` here'),
    ("`ls -l`", "`ls -l`"),
    ('« Oui `a"b` » – ici', '“Oui `a"b`” – here'),
    ("d'`a` ici", "d' `a` here"),
    # The last tick and the letter before it are no elision.
    ("`ls -l` avec `cd d` ici", "`ls -l` with `cd d` here"),
    ("le fichier `a…b  c` ici", "the file `a…b  c` here"),
]  # fmt: skip


@pytest.mark.parametrize("known", [(), ("`a.txt`", "`a`", "`b`")])
@pytest.mark.parametrize(("source", "target"), COPIED)
def test_code_between_ticks_is_copied(source, target, known):
    assert target == lines(source, Word(known))


def test_what_the_network_keeps_is_asked_for_once_and_what_it_loses_goes_beside():
    engine = Word(known=("`a.txt`",))
    assert "the file `a.txt` here" == lines("le fichier `a.txt` ici", engine)
    assert ["le fichier a.txt ici"] == engine.asked
    engine = Word()
    assert "the file `a.txt` here" == lines("le fichier `a.txt` ici", engine)
    assert ["le fichier a.txt ici", "le fichier ici"] == engine.asked


def test_terms_in_code_are_nobodys_and_those_outside_are_reported():
    glossary = Glossary([TermEntry("fichier", "file", "dnt")])
    document = Document("a", "fr", ("le fichier `fichier` ici",))
    [unit] = pipeline.translate(document, held(Echo()), glossary)
    assert [(3, 10)] == [(match.start, match.end) for match in unit.matches]
    assert 1 == len(unit.enforcement)
    assert unit.target.endswith("`fichier` ici")


def test_no_sentence_ends_within_code():
    [only] = split(Document("a", "fr", ("Tapez `ls. Puis cd. Puis` ici.",)))
    assert "Tapez `ls. Puis cd. Puis` ici." == only.text
    assert 2 == len(list(split(Document("a", "fr", ("Tapez `ls`. Puis cd.",)))))


@given(st.lists(st.sampled_from(["le", "`a b`", "`*`", "fichier", "ici.", "L'`x`", "(`a`)"])))
def test_all_code_is_there_as_often_as_in_the_source(words):
    source = " ".join(words)
    made = lines(source, Word(known=("`a b`",)))
    for code in ("`a b`", "`*`", "`x`", "`a`"):
        assert source.count(code) == made.count(code)


@given(st.text(string.ascii_lowercase + " `.", max_size=40))
def test_any_ticks_lose_nothing(text):
    request = Request(text, verbatim=tuple(Copied(*s, text[slice(*s)]) for s in code_in(text)))
    [[made]] = Verbatim(Echo()).translate([request])
    assert sorted(text.replace(" ", "")) == sorted(made.text.replace(" ", ""))
    assert all(0 <= k.target_start <= k.target_end <= len(made.text) for k in made.links)


def marked(*pieces):
    marking = Marking()
    for piece in pieces:
        if isinstance(piece, str):
            marking.write(piece)
        else:
            marking.mark(*piece)
    return marking.marked()


def shown(pieces):
    return "".join(piece if isinstance(piece, str) else f"<{piece.content}>" for piece in pieces)


ALONE = ("alone", "1", "", "ls")
PLACED = [
    (marked("avec ", ALONE, " ici"), "here with ls", "here with <1>"),
    # Each where its own is, however often the word is there.
    (marked("ls ", ALONE), "ls ls", "ls <1>"),
    (marked(ALONE, " et ", ("alone", "2", "", "ls")), "ls and ls", "<1> and <2>"),
    (marked(ALONE, " et ", ("alone", "2", "", "ls -l")), "ls -l and ls", "<2> and <1>"),
    (marked(("open", "b", "b"), "avec ", ALONE, ("close", "/b", "b"), " ici"),
     "with ls here", "<b>with <1></b> here"),
    (marked(("open", "b", "b"), ALONE, ("close", "/b", "b"), " ici"), "here ls", "here <b><1></b>"),
    (marked("(", ALONE, ") ici"), "here“ls”", "here“<1>”"),
    # Who rewrote it wanted no other.
    (marked("avec ", ALONE, " ici"), "with cd here", "with cd here"),
    (marked("avec ", ALONE, " ici"), "with else here", "with else here"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), PLACED)
def test_a_code_stands_where_its_text_is(source, target, expected):
    links = [
        Link(at, at + len(word), target.index(other), target.index(other) + len(other))
        for word, other in (("avec", "with"), ("ici", "here"), ("et", "and"))
        if word in source.text and other in target
        for at in [source.text.index(word)]
    ]
    assert expected == shown(placed(source, target, links))


@given(
    st.lists(st.sampled_from(["a", "ls", " ", "b", ", "]), max_size=12),
    st.lists(st.sampled_from(["a", "ls", " ", "b", ", "]), max_size=12),
)
def test_texts_of_codes_are_not_said_twice(source, target):
    pieces = [("alone", p.upper(), "", p) if p in ("ls", "b") else p for p in source]
    said = "".join(target)
    made = placed(marked(*pieces), said, [])
    back = "".join(p if isinstance(p, str) else p.text for p in made)
    assert said.replace(" ", "") == back.replace(" ", "")
    assert all(p.text for p in made if isinstance(p, Code))


def units_of(content, name, engine=None):
    document = documents.read(content, name, clean=False)
    return list(pipeline.translate(document, Verbatim(engine or Word())))


DOCUMENTS = {
    "a.md": (
        "Le fichier ``a`b`` avec <https://x.fr/a_b>\n\n`Le fichier`\n\n![La touche](a.png)\n",
        ["Le fichier ``a`b`` avec https://x.fr/a_b", "La touche"],
        "the file ``a`b`` with <https://x.fr/a_b>\n\n`Le fichier`\n\n![the key](a.png)\n",
    ),
    "a.html": (
        "<p>La touche <kbd>F1</kbd> avec <span translate=no>Le  <b>Monde</b></span></p>"
        "<p><code>Le fichier</code></p>"
        "<p>Ici<!-- non --> avec <svg><text>x</text></svg> le <math>x</math></p>",
        ["La touche F1 avec Le Monde", "Ici avec  le x"],
        "<p>the key <kbd>F1</kbd> with <span translate=no>Le  <b>Monde</b></span></p>"
        "<p><code>Le fichier</code></p>"
        "<p>here<!-- non --> with <svg><text>x</text></svg> the <math>x</math></p>",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_s_code_is_in_its_units_and_stays_code(name):
    before, sources, after = DOCUMENTS[name]
    units = units_of(before.encode(), name)
    assert sources == [unit.source.strip() for unit in units]
    assert after == documents.render(before.encode(), name, units).decode()
    file = io.BytesIO()
    tmx.write(units, file, signature="s")
    assert sources[0] in file.getvalue().decode()


MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def test_fields_and_formulas_of_word_are_read_with_their_sentence():
    made = docx.Document()
    xml = (
        f'<w:p xmlns:w="{WORDML}" xmlns:m="{MATH}"><w:r><w:t xml:space="preserve">Le </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r>'
        '<w:t xml:space="preserve"> avec </w:t></w:r><m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>'
        '<w:r><w:t xml:space="preserve"> ici, peut</w:t><w:noBreakHyphen/><w:t>être</w:t></w:r>'
        "</w:p>"
    )
    made.element.body.insert(0, parse_xml(xml))
    file = io.BytesIO()
    made.save(file)
    [unit] = units_of(file.getvalue(), "a.docx")
    assert "Le 12 avec x=y ici, peut\u2011être" == unit.source
    new = docx.Document(io.BytesIO(documents.render(file.getvalue(), "a.docx", [unit])))
    body = new.paragraphs[0]._p
    assert 1 == len(body.findall(f".//{{{MATH}}}oMath"))
    assert 3 == len(body.findall(f".//{{{WORDML}}}fldChar"))
    said = "".join(t.text for t in body.iter(f"{{{WORDML}}}t", f"{{{MATH}}}t"))
    assert "the 12 with x=y ici, peut-être" == said


def test_a_reviewer_may_rewrite_code():
    before = "Le fichier `a` ici\n"
    [unit] = units_of(before.encode(), "a.md")
    edited = pipeline.replace(unit, target="the file `b_c*` and *no* `a` more", links=())
    made = documents.render(before.encode(), "a.md", [edited]).decode()
    assert "the file `b_c*` and \\*no\\* `a` more\n" == made


def test_the_score_is_that_of_a_sentence_with_a_name_for_its_code():
    class Scoring(Word):
        def score(self, pairs):
            self.scored = pairs
            return [-0.5] * len(pairs)

    engine = Scoring(known=("`a.txt`",))
    text = "le fichier `a.txt` ici"
    request = Request(text, verbatim=(Copied(11, 18, "`a.txt`"),))
    [[made]] = Verbatim(engine).translate([request])
    assert [("le fichier Google ici", "the file Google here")] == engine.scored
    assert ("the file `a.txt` here", -0.5) == (made.text, made.score)


def test_what_is_mostly_code_stays_and_its_terms_are_reported():
    glossary = Glossary([TermEntry("fichier", "file")])
    text = "le fichier " + "`a b` ici " * 201
    [unit] = pipeline.translate(Document("a", "fr", (text,)), Verbatim(Word()), glossary)
    assert text.strip() == unit.target
    assert ["unenforced"] == [each.outcome for each in unit.enforcement]
