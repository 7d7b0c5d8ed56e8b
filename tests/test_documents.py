"""Documents with a structure: what is text is translated, all else is as it was."""

import base64
import io
import re
import sys
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bitext import cli, documents, ingest, pipeline, runs
from bitext.enforce.verbatim import Verbatim
from bitext.engines.echo import Echo
from bitext.errors import InputError
from bitext.units import Hypothesis, Link


class Backwards(Echo):
    """Each word in capitals, the words in the opposite order, and linked."""

    def translate(self, requests, *, n_best=1):
        return [[self.reversed(request.text)] for request in requests]

    def reversed(self, text):
        found = list(re.finditer(r"\w+(?:['.,-]\w+)*", text))
        target, links = "", []
        for word in reversed(found):
            target += " " if target else ""
            links.append(Link(*word.span(), len(target), len(target) + len(word[0])))
            target += word[0].upper()
        return Hypothesis(target, -1.0, tuple(links))


def translated(content, name, engine=None):
    content = content.encode() if isinstance(content, str) else content
    document = documents.read(content, name, clean=False)
    units = list(pipeline.translate(document, Verbatim(engine or Backwards())))
    return documents.render(content, name, units)


HTML = [
    # before, after
    ("<p>Le <b>chat noir</b> dort</p>", "<p>DORT <b>NOIR CHAT</b> LE</p>"),
    ("<p>\n  Un <a href='/x?a=1&amp;b=«2»' title=t>mot</a>\n</p>",
     "<p>\n  <a href='/x?a=1&amp;b=«2»' title=\"T\">MOT</a> UN\n</p>"),
    ("<h1>Titre</h1><ul><li>un point<li>deux</ul>", "<h1>TITRE</h1><ul><li>POINT UN<li>DEUX</ul>"),
    ("<td>Un<br>Deux<br/>trois quatre", "<td>UN<br>DEUX<br/>QUATRE TROIS"),
    ("<title>Le titre</title>", "<title>TITRE LE</title>"),
    ("<a href=x><img src=a.png> Un mot</a>", "<a href=x><img src=a.png> MOT UN</a>"),
    ("<p>1 &lt; 2 et a &amp; b</p>", "<p>B A ET 2 1</p>"),
    ("<p>voir <code>x = 1</code> ici</p>", "<p>ICI VOIR <code>x = 1</code></p>"),
    ("<html lang=\"fr\" class=a><p>Mot</p>", "<html lang=\"en\" class=a><p>MOT</p>"),
    ("<html\nLANG=fr><p>Mot</p>", "<html\nLANG=\"en\"><p>MOT</p>"),
    # Nothing of these is text.
    ("<p>Mot</p><script>if (a<b) { x = '<p>Un mot</p>' }</script>",
     "<p>MOT</p><script>if (a<b) { x = '<p>Un mot</p>' }</script>"),
    ("<p>Mot<!-- <p>Un mot</p> --></p><style>p > b {}</style>",
     "<p>MOT<!-- <p>Un mot</p> --></p><style>p > b {}</style>"),
    ("<p>Mot</p><pre>Un  mot\n ici</pre>", "<p>MOT</p><pre>Un  mot\n ici</pre>"),
    ("<p>Mot</p><div translate=no>Un <div>mot</div> x</div><p class='a notranslate'>Un mot</p>",
     "<p>MOT</p><div translate=no>Un <div>mot</div> x</div><p class='a notranslate'>Un mot</p>"),
    ("<p>Mot</p><p>12,5 %</p><textarea>Un mot</textarea>",
     "<p>MOT</p><p>12,5 %</p><textarea>Un mot</textarea>"),
    ("<p onclick=\"alert('un mot')\">Mot</p>", "<p onclick=\"alert('un mot')\">MOT</p>"),
    # Texts in attributes, in their quotes or none, wherever their tags go.
    ("<p>Mot <img alt='un «chat»' src=a.png title=\"un  chien\"></p>",
     "<p>MOT <img alt=\"CHAT UN\" src=a.png title=\"CHIEN UN\"></p>"),
    ("<p title='a &amp; b &quot;c&quot;'>Mot</p>", "<p title=\"C B A\">MOT</p>"),
    ("<meta content='Un mot' name=Description><p>Mot",
     "<meta content=\"MOT UN\" name=Description><p>MOT"),
    ("<meta name=viewport content='un mot'><p>Mot", "<meta name=viewport content='un mot'><p>MOT"),
    ("<p>Mot</p><input placeholder='un nom' value='un mot' name=nom>",
     "<p>MOT</p><input placeholder=\"NOM UN\" value='un mot' name=nom>"),
    ("<p>Mot</p><input type=Submit value=Envoyer>",
     "<p>MOT</p><input type=Submit value=\"ENVOYER\">"),
    ("<p>Mot</p><img alt=''><img alt='12 %'><img data-alt='un mot'><p alt='un mot'>1</p>",
     "<p>MOT</p><img alt=''><img alt='12 %'><img data-alt='un mot'><p alt='un mot'>1</p>"),
    ("<p>Mot</p><div translate=no><img alt='un mot'></div><a onclick=\"x(' title=mot ')\">1</a>",
     "<p>MOT</p><div translate=no><img alt='un mot'></div><a onclick=\"x(' title=mot ')\">1</a>"),
    # Untidy pages.
    ("<p>Un <b>mot<p>Deux</b> mots", "<p><b>MOT UN<p>MOTS DEUX</b>"),
    ("Un mot <p", "P MOT UN"),
    ("<p>Un mot</i></p>", "<p>MOT UN</i></p>"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), HTML)
def test_html(before, after):
    assert after == translated(before, "a.html").decode()


MARKDOWN = [
    ("# Le titre\n", "# TITRE LE\n"),
    ("Le *chat* **noir**.\n", "**NOIR** *CHAT* LE\n"),
    ("Un\nmot ici  \nDeux\n", "ICI MOT UN  \nDEUX\n"),
    ("> - Un mot\n>   ici\n", "> - ICI MOT UN\n"),
    ("1. Un mot\n\n   Deux mots\n", "1. MOT UN\n\n   MOTS DEUX\n"),
    ("Voir [un mot](http://x.fr/a_(b)_c \"t\") ici.\n",
     "ICI [MOT UN](http://x.fr/a_(b)_c \"t\") VOIR\n"),
    ("Voir [un mot][ref].\n\n[ref]: /x 'T'\n", "[MOT UN][ref] VOIR\n\n[ref]: /x 'T'\n"),
    ("Voir `du code` ici\n", "ICI VOIR `du code`\n"),
    ("Un mot ![alt](a.png)\n", "![ALT](a.png) MOT UN\n"),
    ("Voir <https://x.fr/a> ou <b>ici</b>\n", "<b>ICI</b> OU VOIR <https://x.fr/a>\n"),
    ("| Un | mot ici |\n|---|:-:|\n| a | *b* c |\n", 
     "| UN | ICI MOT |\n|---|:-:|\n| A | C *B* |\n"),
    ("Titre un\n========\n", "UN TITRE\n========\n"),
    ("a\\*b 2 * 3\n", "3 2 B A\n"),
    ("snake_case_mot et AT&amp;T\n", "T AT ET SNAKE\\_CASE\\_MOT\n"),
    # What many renderers read besides CommonMark.
    ("# Le titre {#un}\n", "# TITRE LE {#un}\n"),
    ("- [ ] Un mot\n- [x] Mot deux\n", "- [ ] MOT UN\n- [x] DEUX MOT\n"),
    ("> [!NOTE]\n> Un mot\n", "> [!NOTE]\n> MOT UN\n"),
    ("Mot[^1] ici\n\n[^1]: Un mot\n[^n2]: Mot deux\n",
     "ICI MOT[^1]\n\n[^1]: MOT UN\n[^n2]: DEUX MOT\n"),
    # A link whose text is its label is told the label, for the text is another now.
    ("Voir [le site][] ici.\n\n[Le site]: /x\n", "ICI [SITE LE][le site] VOIR\n\n[Le site]: /x\n"),
    ("Voir [doc] ou [xy]\n\n[doc]: /x\n", "XY OU [DOC][doc] VOIR\n\n[doc]: /x\n"),
    # Nothing of these is text.
    ("Mot\n\n```py\nUn mot\n```\n", "MOT\n\n```py\nUn mot\n```\n"),
    ("Mot\n\n    Un mot\n", "MOT\n\n    Un mot\n"),
    ("---\ntitle: Un mot\n---\n\nMot\n", "---\ntitle: Un mot\n---\n\nMOT\n"),
    ("Mot\n\n<div>\nUn mot\n</div>\n", "MOT\n\n<div>\nUn mot\n</div>\n"),
    ("Mot\r\n\r\nUn mot\r\n", "MOT\r\n\r\nMOT UN\r\n"),
    # What a translation begins with is no new block.
    ("un - deux\n", "DEUX UN\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), MARKDOWN)
def test_markdown(before, after):
    assert after.replace("\\_", "_") == translated(before, "a.md").decode().replace("\\_", "_")


SRT = """1
00:00:01,000 --> 00:00:02,500 X1:1
Un <i>mot</i>
ici.

2
00:00:03,000 --> 00:00:04,000
- Oui non.
- Deux mots.

3
00:00:05,000 --> 00:00:06,000
{\\an8}Il dort quand

4
00:00:07,000 --> 00:00:08,000
elle rêve ici.
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_subtitles(end):
    said = translated(SRT.replace("\n", end), "a.srt").decode()
    expected = SRT.replace("Un <i>mot</i>\nici.", "ICI <i>MOT</i> UN")
    expected = expected.replace("Oui non.", "NON OUI").replace("- Deux mots.", "- MOTS DEUX")
    expected = expected.replace("- NON OUI", "NON OUI").replace("- MOTS DEUX", "MOTS DEUX")
    lines = [line for line in said.split(end) if re.match(r"\d", line)]
    assert [line for line in SRT.split("\n") if re.match(r"\d", line)] == lines
    assert expected.split("\n")[:8] == said.split(end)[:8]


def test_a_sentence_over_captions_is_one():
    assert ["Il dort quand elle rêve ici."] == [
        t.text for t in documents.parse(SRT.encode(), "a.srt", "utf-8").texts
    ][3:]
    assert SRT.replace("mot</i>\nici", "mot</i> ici") == translated(SRT, "a.srt", Echo()).decode()


DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5E"
    "rkJggg=="
)


def word(*paragraphs):
    """A docx of paragraphs, each a list of texts and (text, format) pairs."""
    made = docx.Document()
    for paragraph in paragraphs:
        new = made.add_paragraph()
        for run in paragraph:
            text, form = (run, "") if isinstance(run, str) else run
            added = new.add_run(text)
            for name in form.split():
                setattr(added, name, True)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read_word(content):
    return docx.Document(io.BytesIO(content))


def shown(paragraph):
    return [(run.text, "bold italic".split()[run.italic is True]) if run.bold or run.italic
            else run.text for run in paragraph.runs if run.text]  # fmt: skip


def test_docx_keeps_the_format_of_its_words():
    content = word(["Le ", ("chat", "bold"), " noir ", ("dort", "italic")], ["Un mot"], [])
    made = read_word(translated(content, "a.docx"))
    assert [("DORT", "italic"), " NOIR ", ("CHAT", "bold"), " LE"] == shown(made.paragraphs[0])
    assert ["", "MOT UN", ""][1:] == [p.text for p in made.paragraphs[1:]]


def test_docx_translates_all_that_is_read_and_keeps_the_rest():
    made = docx.Document()
    made.add_heading("Un titre", 1)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Une cellule", "12"
    made.sections[0].header.paragraphs[0].text = "En tête"
    made.add_paragraph("Un\tdeux")
    picture = made.add_paragraph("Une image ")
    picture.add_run().add_picture(io.BytesIO(base64.b64decode(DOT)), width=100)
    made.add_paragraph("Page ")
    field = made.paragraphs[-1]
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("text", "3"), ("end", "")):
        run = field.add_run(text if kind == "text" else "")
        if kind in ("begin", "separate", "end"):
            mark = run._r.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): kind})
        elif kind == "":
            mark = run._r.makeelement(qn("w:instrText"), {})
            mark.text = text
        else:
            continue
        run._r.append(mark)
    out = io.BytesIO()
    made.save(out)
    result = translated(out.getvalue(), "a.docx")
    new = read_word(result)
    assert ["TITRE UN", "UN\tDEUX", "IMAGE UNE ", "3 PAGE"] == [p.text for p in new.paragraphs]
    assert "Heading 1" == new.paragraphs[0].style.name
    assert ["CELLULE UNE", "12"] == [c.text for c in new.tables[0].rows[0].cells]
    assert "TÊTE EN" == new.sections[0].header.paragraphs[0].text
    assert 1 == len(new.inline_shapes)
    kinds = [m.get(qn("w:fldCharType")) for m in new.paragraphs[-1]._p.iter(qn("w:fldChar"))]
    assert ["begin", "separate", "end"] == kinds
    before, after = (zipfile.ZipFile(io.BytesIO(c)) for c in (out.getvalue(), result))
    assert before.namelist() == after.namelist()
    for name in before.namelist():
        if not re.match(r"word/(?:document|header\d)", name):
            assert before.read(name) == after.read(name)


def field(paragraph, instruction, *result):
    """A complex field: begin, instruction, separator, result, end, each in a run."""

    def mark(kind):
        run = paragraph.add_run()
        run._r.append(run._r.makeelement(qn("w:fldChar"), {qn("w:fldCharType"): kind}))

    mark("begin")
    run = paragraph.add_run()
    told = run._r.makeelement(qn("w:instrText"), {})
    told.text = instruction
    run._r.append(told)
    mark("separate")
    for text in result:
        paragraph.add_run(text).underline = True
    mark("end")


def test_docx_translates_the_text_of_links_that_are_fields():
    made = docx.Document()
    paragraph = made.add_paragraph("Voir ")
    field(paragraph, ' HYPERLINK "https://exemple.fr" ', "ce ", "lien")
    paragraph.add_run(" ici")
    field(made.add_paragraph(""), " HYPERLINK \\l haut ", "En haut")
    field(made.add_paragraph("Le "), " SEQ Figure ", "3")
    out = io.BytesIO()
    made.save(out)
    new = read_word(translated(out.getvalue(), "a.docx")).paragraphs
    assert ["ICI LIEN CE VOIR", "HAUT EN", "3 LE"] == [" ".join(p.text.split()) for p in new]
    parts = [
        child.text or child.get(qn("w:fldCharType"))
        for child in new[0]._p.iter(qn("w:t"), qn("w:instrText"), qn("w:fldChar"))
    ]
    begun, told, split, *text, _ = parts[parts.index("begin") : parts.index("end") + 1]
    assert ["begin", ' HYPERLINK "https://exemple.fr" ', "separate"] == [begun, told, split]
    assert "LIEN CE" == "".join(text).strip()
    assert all(r.underline for r in new[0].runs if "LIEN" in r.text)
    assert not any(r.underline for r in new[0].runs if "ICI" in r.text)


def test_docx_keeps_links():
    made = docx.Document()
    paragraph = made.add_paragraph("Voir ")
    link = paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): "rId9", qn("w:history"): "1"})
    paragraph._p.append(link)
    link.append(paragraph.add_run("ce lien")._r)
    paragraph.add_run(" ici")
    out = io.BytesIO()
    made.save(out)
    new = read_word(translated(out.getvalue(), "a.docx")).paragraphs[0]
    assert "ICI LIEN CE VOIR" == new.text
    [link] = new._p.iter(qn("w:hyperlink"))
    assert "rId9" == link.get(qn("r:id"))
    assert "LIEN CE" == "".join(t.text for t in link.iter(qn("w:t")))


TEXTS = st.sampled_from(["un ", "mot ", "ici ", ""])  # whole words, for links join these
FORMS = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "bold", "italic", "bold italic"])), max_size=8
)


@given(FORMS)
def test_docx_that_is_echoed_is_the_same(runs_):
    content = word(runs_, ["Fin"])
    before = read_word(content).paragraphs[0]
    after = read_word(translated(content, "a.docx", Echo())).paragraphs[0]
    assert "".join(before.text.split()) == "".join(after.text.split())

    def letters(paragraph, form):
        return "".join(r.text for r in paragraph.runs if getattr(r, form)).replace(" ", "")

    for form in ("bold", "italic"):
        assert letters(before, form) == letters(after, form)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def ruined(member):
    """A Word document with a byte of one of its members changed."""
    content = bytearray(word(["Un mot"]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo(member)
    content[info.header_offset + 60 + len(member)] ^= 0xFF
    return bytes(content)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD = {
    "bomb": (
        "a.docx", lambda: zipped(word__document=b"<a>" + bytes(21_000_000)), "would unpack",
    ),
    "many": ("a.docx", lambda: zipped(**{f"a{n}": "" for n in range(10_001)}), "10,001 files"),
    "no zip": ("a.docx", b"PK\3\4boo", "a damaged archive"),
    "cut off": ("a.docx", word(["Un mot"])[:-300], "a damaged archive"),
    "no Word": ("a.docx", zipped(content="<a/>"), "is not a Word document"),
    "XML in ruins": ("a.docx", zipped(word__document="<a>"), "damaged XML"),
    "entity": ("a.docx", zipped(word__document=f"{ENTITY}<w:p {W}>&e;</w:p>"), "a document type"),
    "empty docx": ("a.docx", word([]), "has no text"),
    "empty page": ("a.html", b"<p> </p>", "has no text"),
    "page not as it says": ("a.html", b"<p>Mot \xe9</p>", "a.html:1: not UTF-8"),
    "page of no encoding": ("a.html", b"<meta charset=x-boo><p>Mot</p>", "no encoding called"),
    "empty Markdown": ("a.md", b"```\nx\n```\n", "has no text"),
    "Markdown not as it says": ("a.md", b"Mot\n\xe9", "a.md:2: not UTF-8"),
    "Markdown of no encoding": ("a.md", b"Mot", "no encoding called 'klingon'"),
    "a page in a code": ("a.html", b"<meta charset=undefined><p>Mot</p>", "no encoding called"),
    "a picture in ruins": ("a.docx", lambda: ruined("word/styles.xml"), "a damaged archive"),
    "captions of no encoding": ("a.srt", b"Mot", "no encoding called 'klingon'"),
    "no captions": ("a.srt", b"Un mot\n", "has no caption"),
    "large": ("a.md", lambda: b"a" * (64 * 1024 * 1024 + 1), "is larger than"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_files_are_one_line_with_their_name(case):
    name, content, message = BAD[case]
    content = content() if callable(content) else content  # the large ones, when they are needed
    encoding = "klingon" if "klingon" in message else "utf-8"
    with pytest.raises(InputError) as error:
        documents.read(content, name, encoding=encoding)
    assert message in str(error.value)
    assert str(error.value).startswith(name)
    assert "\n" not in str(error.value)


def test_a_page_keeps_its_encoding():
    page = '<meta charset="iso-8859-1"><p>L’été</p>'
    result = translated(page.encode("cp1252"), "a.html", Echo())
    assert page == result.decode("cp1252")


CAPTION = "1\n00:00:01,000 --> 00:00:02,000\n"
HOSTILE = {
    "nested": ("a.html", "<b>" * 3000 + "mot" + "</b>" * 3000),
    "never closed": ("a.html", "<p>" + "mot <i>" * 3000),
    "quotes": ("a.html", '<a x="mot ' * 3000),
    "comments": ("a.html", "mot" + "<!--" * 3000),
    "stars": ("a.md", "**mot* _x_ `a [b](c " * 1000),
    "pictures": ("a.md", "mot ![a" * 3000),
    "old line ends": ("a.md", "# mot\r\rmot\r\n\r\nmot"),
    "backticks": ("a.md", "mot `x" + "`" * 3000 + "y mot"),
    "spaces": ("a.md", "mot [b](" + " " * 50_000 + "x mot\n" + " " * 50_000 + "mot"),
    "marks": ("a.md", "*mot " * 20_000),
    "a tag without end": ("a.srt", CAPTION + "mot <" + "a" * 50_000),
    "a long word": ("a.srt", CAPTION + "mot\n" + "x" * 50_000 + " mot"),
    "many tags": ("a.srt", CAPTION + "mot <i>" * 3000),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_files_end_soon_and_keep_their_words(case):
    name, content = HOSTILE[case]
    result = translated(content, name, Echo()).decode()
    assert content.count("mot") == result.count("mot")


ARTICLE = """<html lang="fr"><head><title>Un titre</title></head><body>
<nav><a href="/">Accueil du site</a> <a href="/s">Toute la rubrique des sports</a></nav>
<article><h1>Un titre</h1>
<p>Le gouvernement a annoncé lundi une série de mesures pour soutenir l’économie du pays.</p>
<p>Cette décision a été <b>saluée</b> par les syndicats, <img alt="Le Palais"> qui demandaient
depuis longtemps un geste de l’État pour les salariés les plus modestes, et par les
associations.</p></article>
<footer><p><img alt="Une réclame">Tous droits réservés, mentions légales</p></footer></body></html>
"""


@pytest.fixture
def folder(tmp_path):
    tmp_path = tmp_path / "articles"
    tmp_path.mkdir()
    (tmp_path / "a.html").write_text(ARTICLE, "utf-8")
    (tmp_path / "b.md").write_text("# Un *titre*\n", "utf-8")
    (tmp_path / "c.srt").write_text(SRT, "utf-8")
    (tmp_path / "d.docx").write_bytes(word(["Un ", ("mot", "bold")]))
    (tmp_path / "e.txt").write_text("Un mot.\n", "utf-8")
    (tmp_path / "f.docx").write_bytes(b"boo")
    return tmp_path


def test_a_run_gives_each_file_back_in_its_format(folder):
    out = folder.parent / "out"
    job = runs.Job((folder,), out, engine="echo", glossaries=())
    *_, last = runs.run(job)
    assert ["f.docx"] == [failure.document for failure in last.failures]
    texts = out / "translations"
    names = ["a.en.html", "b.en.md", "c.en.srt", "d.en.docx", "e.en.txt"]
    assert names == sorted(path.name for path in texts.iterdir())
    assert "# Un *titre*\n" == (texts / "b.en.md").read_text("utf-8")
    [paragraph] = read_word((texts / "d.en.docx").read_bytes()).paragraphs
    assert ["Un ", ("mot", "bold")] == shown(paragraph)
    before = {path.name: path.read_bytes() for path in texts.iterdir()}
    list(runs.run(job))
    assert before == {path.name: path.read_bytes() for path in texts.iterdir()}


def test_a_run_does_not_read_what_it_wrote(folder):
    job = runs.Job((folder,), folder / "out", engine="echo", glossaries=())
    *_, first = runs.run(job)
    *_, second = runs.run(job)
    assert list(first.summary.scores["documents"]) == list(second.summary.scores["documents"])


def test_of_a_page_the_article_is_translated(folder):
    pytest.importorskip("trafilatura")
    document = ingest.read(folder / "a.html")
    outside = {drop.text for drop in document.drops}
    assert {"Accueil du site Toute la rubrique des sports",
            "Tous droits réservés, mentions légales", "Une réclame"} == outside  # fmt: skip
    assert {"outside the article"} == {drop.rule for drop in document.drops}
    assert "Le Palais\n" in document.paragraphs
    assert () == ingest.read(folder / "a.html", clean=False).drops


def test_without_trafilatura_the_page_is_named(folder, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(InputError, match=r"^a\.html: needs trafilatura"):
        ingest.read(folder / "a.html")
    assert ingest.read(folder / "a.html", clean=False).paragraphs


@pytest.mark.parametrize("name", ["a.xlf", "a.PO", "a.tmx"])
def test_files_of_cat_tools_are_no_articles(folder, name):
    (folder / name).write_text("<xliff/>")
    with pytest.raises(InputError, match="is no article; use bitext translate"):
        ingest.read(folder / name)


def test_the_command_translates_one_file(folder):
    for name in ("b.md", "c.srt"):
        result = CliRunner().invoke(cli.app, ["translate", str(folder / name), "--engine", "echo"])
        assert 0 == result.exit_code
        content = (folder / name).read_bytes()
        assert translated(content, name, Echo()) == result.stdout_bytes
