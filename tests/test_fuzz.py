"""
Every reader on files that nobody would write: a result or one clear line, never a traceback.

Files are drawn from three sources: any bytes, good files with bytes changed, and good files with
stretches repeated or cut. That nothing hangs is seen in that the tests end.
"""

import io
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext import ingest, qa, runs, score
from bitext.engines.echo import Echo
from bitext.errors import BitextError
from bitext.formats import FORMATS
from bitext.glossary import Glossary
from bitext.glossary.reading import read_tsv
from bitext.pipeline import translate
from bitext.runs import shards
from bitext.runs.cache import Cache
from bitext.runs.sources import listed
from bitext.segment import spans
from bitext.text import normalise, typeset, typography
from bitext.units import TermEntry, TranslationUnit

ROOT = Path(__file__).parent.parent
UNIT = TranslationUnit("a.txt:0:0:0a1b2c3d", "a.txt", 0, 0, 8, "Il dort.", "He sleeps.", "mt")


def written(name):
    """A good file of a format, in bytes."""
    file = io.BytesIO()
    FORMATS.get(name).write([UNIT, UNIT], file, signature="test")
    return file.getvalue()


def decoded_lines(raw):
    return raw.decode("utf-8", "replace").splitlines()


# Each reader by name: a good file, and what reads one (a name is given for the messages).
READERS = {
    "article": (
        (ROOT / "seeds" / "004_c369260aad95756e.txt").read_bytes()[:1500],
        lambda raw: ingest.parse(ingest.decode(raw, "a.txt", "utf-8"), "a.txt"),
    ),
    "glossary": (
        (ROOT / "glossary" / "parler.tsv").read_bytes(),
        lambda raw: read_tsv(decoded_lines(raw), "g.tsv"),
    ),
    "references": (
        (ROOT / "seeds" / "references.tsv").read_bytes()[:1500],
        lambda raw: score.read_snippets(decoded_lines(raw), "r.tsv"),
    ),
} | {
    name: (written(name), lambda raw, name=name: list(FORMATS.get(name).read(io.BytesIO(raw))))
    for name in FORMATS.places()
    if hasattr(FORMATS.get(name), "read")
}


@st.composite
def damaged(draw, good):
    """The file with some bytes changed, and a stretch of it cut out, repeated or moved."""
    raw = bytearray(good)
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)))):
        raw[at] = byte
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    times = draw(st.sampled_from([0, 1, 2, 50]))
    return bytes(raw[:start]) + bytes(raw[start:end]) * times + bytes(raw[end:])


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_readers(name, data):
    good, read = READERS[name]
    raw = data.draw(st.one_of(st.binary(max_size=200), damaged(good)))
    try:
        read(raw)
    except BitextError as error:
        assert "\n" not in str(error)


# What makes careless readers slow or greedy, a megabyte of each.
GREEDY = ["a", " ", "\n", "\t", "<", "<a>", "&", "&amp;", '"', "[", "{", "«", ". ", "'", "=", "|",
          "#", "\0", "M. ", "e\u0301", "http://", "1 000 ", "a\t", "\u202e", "-"]  # fmt: skip


@pytest.mark.parametrize("name", READERS)
def test_readers_are_not_greedy(name):
    """A file takes memory in proportion to its size."""
    _, read = READERS[name]
    for stuff in GREEDY:
        raw = (stuff * 200_000).encode()[:200_000]
        tracemalloc.start()
        try:
            read(raw)
        except BitextError:
            pass
        finally:
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        assert peak < 100_000_000, stuff


ANY_TEXT = st.text(st.characters(codec="utf-8") | st.sampled_from("«».!?' \n\u00a0\u202f-–123"))


@given(text=ANY_TEXT)
def test_texts(text):
    """From the text to the checked unit, and every span within it."""
    for start, end in spans(text):
        assert 0 <= start < end <= len(text)
    layer = normalise(text)
    typeset(layer.text, typography(text))
    glossary = Glossary([TermEntry("Parler", "Parler", "dnt"), TermEntry("un mot", "a word")])
    for match in glossary.match(text):
        assert 0 <= match.start < match.end <= len(text)
    for unit in translate(ingest.parse(text, "a.txt"), Echo(), glossary):
        assert unit.source in text
        assert list(qa.checked(unit).issues) == list(unit.issues)


@pytest.fixture(scope="module")
def shard(tmp_path_factory):
    """A good shard: its place, its bytes and its signature."""
    folder = tmp_path_factory.mktemp("shards")
    (folder / "a.txt").write_text("Il dort.\n", "utf-8")
    list(runs.run(runs.Job((folder / "a.txt",), folder / "out", engine="echo", glossaries=())))
    [place] = (folder / "out" / runs.STATE / "shards").iterdir()
    return place, place.read_bytes(), json.loads(place.read_bytes().splitlines()[0])["signature"]


@given(data=st.data())
def test_shards(data, shard):
    """One changed byte is enough not to believe it."""
    place, good, signature = shard
    raw = data.draw(damaged(good))
    place.write_bytes(raw)
    assert (raw == good) == (shards.opened(place, signature) is not None)


@given(raw=st.binary(max_size=200))
def test_caches(raw, tmp_path_factory):
    path = tmp_path_factory.mktemp("cache") / "cache.sqlite"
    path.write_bytes(raw)
    cache = Cache(path, writer=True)
    cache.check()
    assert {} == cache.get([b"key"])
    cache.put([(b"key", '{"text": "t", "score": null, "links": [], "enforcement": []}')])
    assert ["t"] == [found.text for found in cache.get([b"key"]).values()]
    cache.close()


@given(raw=st.binary(max_size=200))
def test_manifests(raw, tmp_path_factory):
    path = tmp_path_factory.mktemp("manifest") / "list"
    path.write_bytes(raw)
    try:
        assert all(isinstance(source, Path) for source in listed(path, None))
    except BitextError as error:
        assert "\n" not in str(error)
