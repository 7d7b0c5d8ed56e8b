"""Documents with a structure: what is text is translated, all else is as it was."""

import base64
import io
import re
import sys
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
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
    ("<textarea placeholder='un nom'>Un mot</textarea><pre title='un code'>x</pre><p>Mot",
     "<textarea placeholder=\"NOM UN\">Un mot</textarea><pre title=\"CODE UN\">x</pre><p>MOT"),
    ("<svg aria-label='un plan'></svg><pre translate=no title='un code'>x</pre><p>Mot",
     "<svg aria-label=\"PLAN UN\"></svg><pre translate=no title='un code'>x</pre><p>MOT"),
    # What touches and is no one sentence; what touches and is one word.
    ("<nav><a href='/'>Accueil</a><a href='/p'>Nos produits</a><a>12</a></nav>",
     "<nav><a href='/'>ACCUEIL</a><a href='/p'>PRODUITS NOS</a><a>12</a></nav>"),
    ("<a>Le site</a>|<a>Un plan</a> • <i><a>Un mot</a></i>",
     "<a>SITE LE</a>|<a>PLAN UN</a> • <i><a>MOT UN</a></i>"),
    ("<button>Envoyer</button><button>Annuler</button> <button>Un mot</button>",
     "<button>ENVOYER</button><button>ANNULER</button> <button>MOT UN</button>"),
    ("<b>Nom : <label>un nom</label><label>un mot</label></b>",
     "<b><label>NOM UN</label> NOM<label>MOT UN</label></b>"),
    ("<span>Un prix</span><span>12 euros</span>", "<span>PRIX UN</span><span>EUROS 12</span>"),
    ("<i>Une ville</i><span><b>Lyon ici</b></span>",
     "<i>VILLE UNE</i><span><b>ICI LYON</b></span>"),
    ("<p>Un CO<sub>2</sub> noir</p>", "<p>NOIR CO<sub>2</sub> UN</p>"),
    ("<p>le <b>chat </b><a>noir</a></p>", "<p><a>NOIR</a> <b>CHAT</b> LE</p>"),
    ("<h2>Un titre<span>[<a>modifier ici</a>]</span></h2>",
     "<h2>TITRE UN<span><a>ICI MODIFIER</a></span></h2>"),
    ("<p>Une ville<sup>[<a href='#2'>2</a>]</sup><sup>,</sup><sup>[<a>n 3</a>]</sup> ici</p>",
     "<p>ICI VILLE<sup>[<a href='#2'>2</a>]</sup><sup>,</sup><sup>[<a>n 3</a>]</sup> UNE</p>"),
    ("<p>un mod<wbr>ule</p>", "<p>MODULE UN</p>"),
    # The language, wherever it is told.
    ("<!--[if IE]><html lang=fr><![endif]--><body lang='fr'><p lang=fr>Mot",
     "<!--[if IE]><html lang=\"en\"><![endif]--><body lang=\"en\"><p lang=fr>MOT"),
    ("<meta property='og:locale' content=fr_FR><meta http-equiv=Content-Language content=fr><p>Mot",
     "<meta property='og:locale' content=\"en_US\">"
     "<meta http-equiv=Content-Language content=\"en\"><p>MOT"),
    # Untidy pages.
    ("<p>Un <a href=/maison/>mot</a></p>", "<p><a href=/maison/>MOT</a> UN</p>"),
    ("<p title='L'eau' id=x>Un mot</p>", "<p title='L'eau' id=x>MOT UN</p>"),
    ("<p title=\"L'eau\"id=x y'>Un mot</p>", "<p title=\"L'eau\"id=x y'>MOT UN</p>"),
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
    ("!!! note \"Un mot\"\n    Mot\n    deux\n", "!!! note \"MOT UN\"\n    DEUX MOT\n"),
    ("::: note\nUn mot\n:::\n{: .a }\n", "::: note\nMOT UN\n:::\n{: .a }\n"),
    ("Un mot\n: Mot deux\n:  Mot ici\n", "MOT UN\n: DEUX MOT\n:  ICI MOT\n"),
    ("[TOC]\n\n*[HTML]: Un mot\nUn mot\n", "[TOC]\n\n*[HTML]: Un mot\nMOT UN\n"),
    ("Voir [[Ma page]] ici {% b %}\n", "ICI VOIR [[Ma page]] {% b %}\n"),
    ("Un [mot]({{< ref \"p.md\" >}})\n", "[MOT]({{< ref \"p.md\" >}}) UN\n"),
    ("Un $\\alpha\\,x$ ici $n$ $$\na_1\n$$ ou \\(z\\)\n",
     "OU ICI $n$ $$ a_1 $$ UN $\\alpha\\,x$ \\(z\\)\n"),
    # Titles of links: in brackets, with quotation marks, over two lines.
    ("[un](a (Le mot)) [mot](b \"le \\\"mot\\\"\") [ici](c 'le\nmot')\n",
     "[ICI](c 'le mot') [MOT](b \"le \\\"mot\\\"\") [UN](a (Le mot))\n"),
    ("[un mot](a)[deux mots](b)![trois](c)\n", "[MOT UN](a)[MOTS DEUX](b)![TROIS](c)\n"),
    ("[![un badge](a)](b)[![un mot](c)](d)\n", "[![BADGE UN](a)](b)[![MOT UN](c)](d)\n"),
    ("Un mot ![](a.png) ici\n", "![](a.png) ICI MOT UN\n"),
    ("\ufeff# Un mot\n", "\ufeff# MOT UN\n"),
    # Nothing of these is text.
    ("+++\ntitle = 'Un mot'\n+++\n\nMot\n", "+++\ntitle = 'Un mot'\n+++\n\nMOT\n"),
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


@pytest.mark.parametrize(
    "text",
    [
        "Un \\`mot\\`, \\$5, \\~\\~deux\\~\\~ et \\{a\\} &amp;eacute; ici",
        "Entre $5 et 6$ ou \\[sic\\] ici",
        "Voir https://x.fr/_a_/Le_Monde_(journal) (https://x.fr/_b). **https://x.fr/c_**",
        "Un \\*mot ![](x.png) au milieu",
    ],
)
def test_literal_signs_of_markdown_stay_literal(text):
    assert text == translated(text, "a.md", Echo()).decode()


def test_marks_of_links_that_touch_part_no_sentence():
    [block] = documents.parse(b"Un mot[1](a)[2](b) ici", "a.md", "utf-8").texts
    assert "Un mot12 ici" == block.text


def test_a_star_is_emphasis_by_its_neighbours():
    [block] = documents.parse(b"un ~/.*rc et ~/.*profile", "a.md", "utf-8").texts
    assert ("un ~/.*rc et ~/.*profile", ()) == (block.text, block.codes)


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


TIMES = "00:00:01,000 --> 00:00:02,000\n"
CAPTIONS = [
    "<i>- Tu viens ce soir ?</i>\n<i>- Non, je travaille.</i>",
    "{\\an8}- Oui.\n{\\an8}- Non.",
    "♪ Un mot ♪\n♪ Deux mots ♪",
    ">> Un mot.\n>> Deux mots.",
    "PAUL\u00a0: Oui.\nLÉA : Non.",
    "Un mot.\n\nDeux mots.",
    f"Un mot.\n2\n{TIMES}Deux mots.",
]


@pytest.mark.parametrize("text", CAPTIONS)
def test_each_speaker_of_a_caption_is_a_text(text):
    content = f"1\n{TIMES}{text}\n"
    assert 2 == len(documents.parse(content.encode(), "a.srt", "utf-8").texts)
    said = translated(content, "a.srt", Echo()).decode()
    assert content.replace("\u00a0", " ").replace(" ", "") == said.replace(" ", "")


def test_a_number_that_is_said_is_no_number_of_a_caption():
    content = f"1\n{TIMES}Le\n12\nmai\n\n2\n{TIMES}Un mot\n"
    texts = documents.parse(content.encode(), "a.srt", "utf-8").texts
    assert ["Le 12 mai", "Un mot"] == [text.text for text in texts]


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


NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
MARKS = {"{": "begin", "|": "separate", "}": "end"}


def marked_up(short):
    """
    A paragraph of Word: _text_ in a run, { | } for the marks of a field and ~code~ its instruction.

    All else is XML, without the prefix of its names.
    """
    text = re.sub(r"_([^_]*)_", r'<r><t xml:space="preserve">\1</t></r>', short)
    text = re.sub(r"~([^~]*)~", r"<r><instrText>\1</instrText></r>", text)
    text = re.sub(r"[{|}]", lambda m: f'<r><fldChar fldCharType="{MARKS[m[0]]}"/></r>', text)
    text = re.sub(r"(</?)(?=[a-zA-Z]+[\s/>])", r"\1w:", text)
    text = re.sub(r" (?=(?:id|val|fldCharType)=)", " w:", text)
    return f"<w:p {NAMESPACES}>{text}</w:p>"


def shortened(paragraph):
    """What `marked_up` made, in short again; runs that follow one another are one."""
    text = etree.tostring(paragraph, encoding="unicode").partition(">")[2]
    text = re.sub(r'xmlns:\w+="[^"]*"|xml:space="preserve"|</w:p>$', "", text)
    text = re.sub(r"\bw:|\s+(?=/?>)|(?<=<w) ", "", text)
    for short, kind in MARKS.items():
        text = text.replace(f'<r><fldChar fldCharType="{kind}"/></r>', short)
    text = re.sub(r"<r><instrText>([^<]*)</instrText></r>", r"~\1~", text)
    return re.sub(r"<r><t>([^<]*)</t></r>", r"_\1_", text).replace("__", "")


def in_word(*paragraphs):
    made = docx.Document()
    for number, paragraph in enumerate(paragraphs):
        made.element.body.insert(number, parse_xml(marked_up(paragraph)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


LINK = ' HYPERLINK "x" '
WORD = [
    # What is commented and what is named keeps its words, in whatever order these come.
    ("_Un _<commentRangeStart id='1'/>_mot noir_<commentRangeEnd id='1'/>_ ici_",
     "_ICI _<commentRangeStart id='1'/>_NOIR MOT_<commentRangeEnd id='1'/>_ UN_"),
    ("_Un _<bookmarkStart id='1'/><bookmarkEnd id='1'/>_mot_",
     "<bookmarkStart id='1'/><bookmarkEnd id='1'/>_MOT UN_"),
    ("<bookmarkStart id='1'/>_Un mot_<bookmarkStart id='2'/><bookmarkEnd id='1'/>_ ici_"
     "<bookmarkEnd id='2'/>",
     "_ICI _<bookmarkStart id='1'/>_MOT_<bookmarkStart id='2'/>_ UN_<bookmarkEnd id='1'/>"
     "<bookmarkEnd id='2'/>"),
    ("<hyperlink><bookmarkStart id='1'/>_Un lien_</hyperlink>_ ici_<bookmarkEnd id='1'/>",
     "_ICI _<hyperlink><bookmarkStart id='1'/>_LIEN UN_</hyperlink><bookmarkEnd id='1'/>"),
    # Text within controls and directions; what is chosen from a list stays.
    ("_Un _<sdt><sdtPr><alias val='a'/></sdtPr><sdtContent>_mot noir_</sdtContent></sdt>",
     "<sdt><sdtPr><alias val='a'/></sdtPr><sdtContent>_NOIR MOT_</sdtContent></sdt>_ UN_"),
    ("_Un _<sdt><sdtPr><comboBox/></sdtPr><sdtContent>_mot noir_</sdtContent></sdt>",
     "_UN _<sdt><sdtPr><comboBox/></sdtPr><sdtContent>_mot noir_</sdtContent></sdt>"),
    ("<dir val='ltr'>_Un mot_</dir>_ ici_", "_ICI _<dir val='ltr'>_MOT UN_</dir>"),
    # Tables of contents begin and end in the paragraphs of their entries.
    ("{~ TOC ~|<hyperlink>_Un titre_<r><tab/></r>{~ PAGEREF a ~|_1_}</hyperlink>",
     "{~ TOC ~|<hyperlink>{~ PAGEREF a ~|_1_}_ TITRE UN_<r><tab/></r></hyperlink>"),
    ("<hyperlink>_Un titre_<r><br/></r>_ici_</hyperlink>}",
     "<hyperlink><r><br/></r>_ICI TITRE UN_</hyperlink>}"),
    ("<hyperlink>_Un lien_</hyperlink><hyperlink>_Deux liens_</hyperlink>",
     "<hyperlink>_LIEN UN_</hyperlink><hyperlink>_LIENS DEUX_</hyperlink>"),
    (f"_Un _<ins id='1'>{{~{LINK}~|_mot noir_}}_ ici_</ins>",
     f"<ins id='1'>_ICI _{{~{LINK}~|_NOIR MOT_}}</ins>_ UN_"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after"), WORD)
def test_paragraphs_of_word(before, after):
    for engine, expected in ((Echo(), before), (Backwards(), after)):
        made = read_word(translated(in_word(before), "a.docx", engine)).paragraphs[0]
        assert expected.replace("'", '"') == shortened(made._p)


def with_part(content, part, text):
    """A docx with another part, or another text of it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in {*old.namelist(), part}:
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


def test_docx_s_styles_are_english():
    content = word(["Un mot"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles = archive.read("word/styles.xml").replace(b'"en-US"', b'"fr-FR"')
    made = translated(with_part(content, "word/styles.xml", styles), "a.docx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert b'w:val="en-US"' in archive.read("word/styles.xml")
        assert b'w:val="fr-FR"' not in archive.read("word/styles.xml")


def test_docx_s_main_part_has_any_name():
    content = word(["Un mot"])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").replace(b"/document.xml", b"/document2.xml")
        body = archive.read("word/document.xml")
    content = with_part(content, "[Content_Types].xml", types)
    made = translated(with_part(content, "word/document2.xml", body), "a.docx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "MOT UN" in archive.read("word/document2.xml").decode()
        assert body == archive.read("word/document.xml")


def test_docx_s_text_boxes_for_old_versions_are_no_second_text():
    box = "<txbxContent><p>_Un mot_</p></txbxContent>"
    both = "<mc:AlternateContent><mc:Choice><r>{0}</r></mc:Choice><mc:Fallback>{0}</mc:Fallback>"
    content = in_word(f"_Ici_<r>{both.format(box)}</mc:AlternateContent></r>")
    assert ["Un mot", "Ici"] == sorted(
        (text.text for text in documents.parse(content, "a.docx", "utf-8").texts), reverse=True
    )
    [made] = read_word(translated(content, "a.docx")).paragraphs[:1]
    assert ["ICI", "MOT UN", "MOT UN"] == sorted(t.text for t in made._p.iter(qn("w:t")))


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
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
BAD = {
    "bomb": (
        "a.docx", lambda: zipped(word__document=b"<a>" + bytes(21_000_000)), "would unpack",
    ),
    "many": ("a.docx", lambda: zipped(**{f"a{n}": "" for n in range(10_001)}), "10,001 files"),
    "no zip": ("a.docx", b"PK\3\4boo", "a damaged archive"),
    "cut off": ("a.docx", word(["Un mot"])[:-300], "a damaged archive"),
    "no Word": ("a.docx", zipped(content="<a/>"), "is not a Word document"),
    "Strict": (
        "a.docx", lambda: zipped(word__document=f"<w:document {STRICT}/>"), "is Strict Open XML",
    ),
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


@pytest.mark.parametrize(
    "told", ['<meta charset="iso-8859-1">', "<?xml version='1.0' encoding='ISO-8859-1'?>\n"]
)
def test_a_page_keeps_its_encoding(told):
    page = f"{told}<p>L’été</p>"
    result = translated(page.encode("cp1252"), "a.html", Echo())
    assert page == result.decode("cp1252")


def test_a_picture_within_its_address_is_no_text():
    picture = f"<img src='data:image/png;base64,{'A' * 100_000}'>"
    assert f"<p>{picture} MOT UN</p>" == translated(f"<p>{picture} Un mot</p>", "a.html").decode()


CAPTION = "1\n00:00:01,000 --> 00:00:02,000\n"
HOSTILE = {
    "nested": ("a.html", "<b>" * 3000 + "mot" + "</b>" * 3000),
    "never closed": ("a.html", "<p>" + "mot <i>" * 3000),
    "quotes": ("a.html", '<a x="mot ' * 3000),
    "quotes that never close": ("a.html", '<a " x="> mot' * 3000 + "<"),
    "tags that close": ("a.html", "<a>mot" + "</a><a>" * 20_000),
    "comments": ("a.html", "mot" + "<!--" * 3000),
    "stars": ("a.md", "**mot* _x_ `a [b](c " * 1000),
    "pictures": ("a.md", "mot ![a" * 3000),
    "old line ends": ("a.md", "# mot\r\rmot\r\n\r\nmot"),
    "backticks": ("a.md", "mot `x" + "`" * 3000 + "y mot"),
    "spaces": ("a.md", "mot [b](" + " " * 50_000 + "x mot\n" + " " * 50_000 + "mot"),
    "marks": ("a.md", "*mot " * 20_000),
    "formulas": ("a.md", "mot $a_ \\(x_ $$ \\[y^ {{ {% [[" * 500),
    "addresses": ("a.md", "mot https://" + "(a" * 10_000 + " https://" + "." * 10_000),
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


def test_texts_that_touch_are_of_the_article_together(folder):
    pytest.importorskip("trafilatura")
    heading = "<h2>Un geste<span>[<a href='#'>modifier</a>]</span></h2><p>Cette décision"
    page = ARTICLE.replace("<p>Cette décision", heading)
    (folder / "a.html").write_text(page, "utf-8")
    dropped = {drop.text for drop in ingest.read(folder / "a.html").drops}
    assert {"Un geste", "[modifier]"}.isdisjoint(dropped)


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
