"""
Everything that reads what others wrote: a good file of each kind, and what reads it.

A reader takes bytes. It reads them to the end and uses what it read, since a wrong value does its
harm when it is used; it may raise BitextError, and nothing else.
"""

import gzip
import io
import json
import lzma
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import docx
import numpy as np
from some_units import unit

from bitext import documents, ingest, interchange, models, review, runs, score
from bitext.engines.echo import Echo
from bitext.formats import FORMATS, pairs
from bitext.glossary.reading import examine_file, read_tsv, sound
from bitext.inline import placed
from bitext.memory.building import build_of
from bitext.memory.store import Memory
from bitext.pairing import files as pairing
from bitext.pairing.kept import read_kept
from bitext.pretranslate import pretranslate
from bitext.runs.outputs import read_references
from bitext.runs.reviewing import write_merged, write_page
from bitext.runs.sources import listed
from bitext.score.alignment import read_beads, score_alignment
from bitext.train import corpus, prepared
from bitext.units import Segment

ROOT = Path(__file__).parent.parent
UNITS = [unit(1), unit(2)]


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A reader of files by their path: the bytes are written to one of that name first."""

    name: str
    read: object

    def __call__(self, raw):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(raw)
            self.read(path)


def written(name):
    file = io.BytesIO()
    FORMATS.get(name).write(UNITS, file, signature="test")
    return file.getvalue()


def decoded_lines(raw):
    return raw.decode("utf-8", "replace").splitlines()


# ---- Documents -------------------------------------------------------------------------------

SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\n- Il <i>dort</i>,\n\n"
    "2\n00:00:02,000 --> 00:00:03,500\n{\\an8}dit-elle. Et puis il se réveille de nouveau.\n"
)
MARKDOWN = (
    "---\ntitle: Un essai\n---\n\n# Un *titre*\n\nUn [lien](<http://a.b> 'là') et `du code`,\\\n"
    "![image](b.png) **gras** <b>aussi</b> &amp; ``a`b``  \nfin.\n\n"
    "| a | b |\n|---|---|\n| un mot | deux |\n"
)
HTML = (
    '<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Un titre</title>'
    "<script>a < b</script></head><body><article><h1>Un <b>titre</b></h1><p class='x'>Il dort, "
    'dit-elle, et <a href="a">rêve</a> &amp; <br>ronfle.</p><!-- rien --><pre>code</pre>'
    '<p translate="no">Parler</p></article></body></html>'
)


PART = "word/document.xml"


@cache
def word():
    """A Word document with runs in several forms, a table and a tab."""
    document = docx.Document()
    for text in ("Il dort.", "Elle\trêve."):
        paragraph = document.add_paragraph(text)
        paragraph.add_run(" Puis ").bold = True
        paragraph.add_run("plus rien.").italic = True
    document.add_table(1, 2).cell(0, 1).text = "Un mot"
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def around(markup):
    """The Word document with this for its main part."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, markup if name == PART else old.read(name))
    return file.getvalue()


def inside(raw):
    refilled(around(raw), "a.docx")


def refilled(raw, name):
    """A structured document with each of its texts in its place again."""
    layout = documents.parse(raw, name, "utf-8")
    layout.filled([placed(marked, marked.text, ()) for marked in layout.texts])


def as_article(raw, name):
    documents.read(raw, name)


# ---- Bilingual files -------------------------------------------------------------------------

XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'source-language="fr" target-language="en" datatype="x"><body><trans-unit id="1"><source>Il '
    '<g id="1">dort</g><x id="2"/>.</source><target/></trans-unit></body></file></xliff>'
)
PO = (
    'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n#, c-format\nmsgctxt "a"\n'
    'msgid "Il <b>dort</b> %d fois.\\n"\nmsgid_plural ""\n"Ils dorment."\nmsgstr[0] ""\n'
    'msgstr[1] ""\n'
)


def filled_in(raw, name):
    pretranslate(raw, name, Echo())


# ---- Records, and what people did to them ----------------------------------------------------

EDITS = {
    "bitext_edits": 1,
    "dismissed_everywhere": ["spacing"],
    "edits": [
        {"id": UNITS[0].id, "source": UNITS[0].source, "before": UNITS[0].target, "target": "It.",
         "status": "approved", "comment": "so", "dismissed": ["names"],
         "marks": [{"severity": "minor", "category": "style", "start": 0, "end": 2}]},
    ],
}  # fmt: skip


def merged(raw):
    edits = review.edits.read(io.BytesIO(raw))
    write_merged(io.BytesIO(written("jsonl")), io.BytesIO(), [edits], name="a.jsonl")


def recorded(raw):
    """A record as a review page, and in every other format."""
    write_page(io.BytesIO(raw), io.BytesIO(), name="a.jsonl")
    units = list(FORMATS.get("jsonl").read(io.BytesIO(raw)))
    for name in FORMATS.places():
        FORMATS.get(name).write(units, io.BytesIO(), signature="test")


def used_memory(path):
    memory = Memory(path)
    try:
        memory.matches("Il dort ici depuis trois jours.")
        memory.rivals("Il dort.")
        list(memory.units())
    finally:
        memory.close()


@cache
def memory():
    with tempfile.TemporaryDirectory() as folder:
        build_of([UNITS], Path(folder) / "m.sqlite", signature="test")
        return (Path(folder) / "m.sqlite").read_bytes()


def shown_status(path):
    found = runs.status(path.parent.parent)
    assert found.rate >= 0
    assert found.left is None or found.left >= 0
    json.dumps([found.done, found.failed, found.failures])


# ---- Texts by line ---------------------------------------------------------------------------

SIDES = [[Segment(0, 0, 3, "Oui"), Segment(0, 4, 7, "Non")]] * 2


def kept_of(raw):
    return read_kept(raw, "k").locked("a", SIDES, [[0, 1]] * 2)


GLOSSARY = 'source,target,note,case\nloi,Act|law,"un ""mot""",sensitive\nport,harbour,,\n'
TBX = (
    '<tbx style="dca" type="TBX-Basic" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2"><text>'
    '<body><conceptEntry id="a"><descrip type="subjectField">droit</descrip>'
    '<langSec xml:lang="fr"><termSec><term>loi</term></termSec></langSec><langSec xml:lang="en">'
    '<termSec><term>Act</term><termNote type="administrativeStatus">preferredTerm-admn-sts'
    "</termNote></termSec></langSec></conceptEntry></body></text></tbx>"
)
CORPUS = "news\tIl dort ici.\tHe sleeps here.\nnews\tOui, monsieur.\tYes, sir.\n"
PROGRESS = {"state": "finished", "documents": 2, "size": 9, "done": 1, "done_size": 5, "failed": 1,
            "failures": [["a", "b"]], "sentences": 3, "seconds": 2.5}  # fmt: skip


def entries(raw, suffix):
    sound(examine_file(io.BytesIO(raw), suffix, merge=False), f"g{suffix}")


def articles(manifest):
    """The files it names; what they are is not looked at, for one could be the whole disk."""
    list(listed(manifest, None))


def two_sides(manifest):
    pairing.find_pairs(manifest.parent, manifest.parent, manifest)


# ---- Training, and checkpoints ----------------------------------------------------------------


ABOUT = {"longest": 9}


def saved():
    """The files of a prepared corpus of two pairs."""
    links = [np.array([0, 1], np.int16), np.array([0], np.int16)]
    made = prepared.assembled([[1, 2], [3]], [[4, 5], [6]], links, ["news", "web"])
    with tempfile.TemporaryDirectory() as folder:
        prepared.save(made, Path(folder), ABOUT)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


PREPARED = saved()


def loaded(raw, name):
    with tempfile.TemporaryDirectory() as folder:
        for each, content in (PREPARED | {name: raw}).items():
            (Path(folder) / each).write_bytes(content)
        if found := prepared.load(Path(folder), ABOUT):
            [found.pair(number) for number in range(len(found))]


def vocabulary(raw):
    from bitext.engines.subwords import Subwords

    with tempfile.TemporaryDirectory() as folder:
        for name in ("source.spm", "target.spm"):
            (Path(folder) / name).symlink_to(models.builtin_path() / name)
        (Path(folder) / "vocab.json").write_bytes(raw)
        Subwords(Path(folder))


READERS = {
    "article": (
        (ROOT / "seeds" / "004_c369260aad95756e.txt").read_bytes()[:1500],
        lambda raw: ingest.parse(ingest.decode(raw, "a.txt", "utf-8"), "a.txt"),
    ),
    "srt": (SRT.encode(), partial(refilled, name="a.srt")),
    "markdown": (MARKDOWN.encode(), partial(refilled, name="a.md")),
    "page": (HTML.encode(), partial(refilled, name="a.html")),
    "page as an article": (HTML.encode(), partial(as_article, name="a.html")),
    "Word": (word(), partial(refilled, name="a.docx")),
    "Word inside": (zipfile.ZipFile(io.BytesIO(word())).read(PART), inside),
    "XLIFF to fill": (XLIFF.encode(), partial(filled_in, name="a.xlf")),
    "PO to fill": (PO.encode(), partial(filled_in, name="a.po")),
    "edits": (json.dumps(EDITS).encode(), merged),
    "record": (written("jsonl"), recorded),
    "memory": (memory(), OnDisk("m.sqlite", used_memory)),
    "packed memory": (
        gzip.compress(written("tmx")),
        OnDisk("m.tmx.gz", lambda path: list(interchange.read(path))),
    ),
    "pairs": (b"Oui.\tYes.\nNon.\tNo.\n", lambda raw: list(pairs.read(io.BytesIO(raw)))),
    "glossary": (
        (ROOT / "glossary" / "parler.tsv").read_bytes(),
        lambda raw: read_tsv(decoded_lines(raw), "g.tsv"),
    ),
    "glossary.csv": (GLOSSARY.encode(), partial(entries, suffix=".csv")),
    "glossary.tbx": (TBX.encode(), partial(entries, suffix=".tbx")),
    "glossary.tmx": (written("tmx"), partial(entries, suffix=".tmx")),
    "references": (
        (ROOT / "seeds" / "references.tsv").read_bytes()[:1500].rpartition(b"\n")[0],
        OnDisk("r.tsv", read_references),
    ),
    "lines": (b"Oui.\nNon.\n", lambda raw: score.lines_of(raw.decode("utf-8", "replace"), "l")),
    "beads": (
        b"[0]:[0]:0.5\n[1]:[1]\n",
        lambda raw: score_alignment([[read_beads(decoded_lines(raw), "b")] * 2]),
    ),
    "kept beads": (b"[0]:[0]\n[1]:[1]\n", kept_of),
    "kept units": (written("jsonl"), kept_of),
    "manifest": (b"a.txt\n# b\n../c/*.txt\n", OnDisk("list", articles)),
    "manifest of pairs": (b"list\tlist\n", OnDisk("list", two_sides)),
    "corpus": (CORPUS.encode(), OnDisk("c.tsv", lambda path: list(corpus.read(path)))),
    "corpus.gz": (
        gzip.compress(CORPUS.encode()),
        OnDisk("c.tsv.gz", lambda path: list(corpus.read(path))),
    ),
    "corpus.xz": (
        lzma.compress(CORPUS.encode()),
        OnDisk("c.tsv.xz", lambda path: list(corpus.read(path))),
    ),
    "prepared corpus": (PREPARED["about.json"], partial(loaded, name="about.json")),
    "prepared links": (PREPARED["links.npy"], partial(loaded, name="links.npy")),
    "progress": (json.dumps(PROGRESS).encode(), OnDisk(".bitext/progress.json", shown_status)),
    "settings of a model": (
        b'{"longest": 300, "terms": true}',
        OnDisk("bitext.json", lambda path: models.settings(path.parent)),
    ),
    "vocabulary of a model": (b'{"a": 0, "b": 1}', vocabulary),
} | {
    name: (written(name), lambda raw, name=name: list(FORMATS.get(name).read(io.BytesIO(raw))))
    for name in FORMATS.places()
}
