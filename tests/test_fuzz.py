"""
Every reader on files that nobody would write: a result or one clear line, never a traceback.

Files are drawn from four sources: any bytes, and good files with bytes changed, with stretches
repeated or cut, or with other words in them. That nothing hangs is seen in that the tests end.
"""

import json
import re
import tracemalloc
from time import process_time

import pytest
from foreign_files import READERS
from hypothesis import given
from hypothesis import strategies as st

from bitext import ingest, qa, runs
from bitext.engines.echo import Echo
from bitext.errors import BitextError
from bitext.glossary import Glossary
from bitext.pipeline import translate
from bitext.runs import shards
from bitext.runs.cache import Cache
from bitext.segment import spans
from bitext.text import normalise, typeset, typography
from bitext.units import TermEntry


@st.composite
def damaged(draw, good):
    """The file with some bytes changed, and a stretch of it cut out, repeated or moved."""
    raw = bytearray(good)
    for at, byte in draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)))):
        raw[at] = byte
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    times = draw(st.sampled_from([0, 1, 2, 50]))
    return bytes(raw[:start]) + bytes(raw[start:end]) * times + bytes(raw[end:])


TOKEN = re.compile(rb'"[^"\n]*"|[^\W\d_]+|[\d.]+|\s+|.', re.DOTALL)
# What people and programs write where something else should stand.
ODD = [
    "null", "true", "-1", "0", "1e999", "99999999999999999999", "NaN", "{}", "[]", '""', '"a"',
    '"\\ud800"', "", "<", "<!--", "]]>", "&#0;", "\0", "\n", "\t", "é", "utf-16", "punycode",
    "idna", "\u2028", "/", "..",
]  # fmt: skip


@st.composite
def retold(draw, good):
    """The file with some of its words, numbers and strings changed for odd or other ones."""
    tokens = TOKEN.findall(good)
    places = st.integers(0, len(tokens) - 1)
    others = st.sampled_from([odd.encode() for odd in ODD]) | st.sampled_from(tokens)
    for at, other in draw(st.lists(st.tuples(places, others), min_size=1, max_size=4)):
        tokens[at] = other
    return b"".join(tokens)


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_readers(name, data):
    good, read = READERS[name]
    raw = data.draw(st.one_of(st.binary(max_size=200), damaged(good), retold(good)))
    try:
        read(raw)
    except BitextError as error:
        assert "\n" not in str(error)


# What makes careless readers slow or greedy, 20 kB of each.
GREEDY = ["a", " ", "\n", "\t", "<", "<a>", "<b ", "&", "&amp;", '"', "[", "](", "{", "«", ". ",
          "'", "=", "|", "#", "\0", "M. ", "e\u0301", "http://", "1 000 ", "a\t", "\u202e", "-",
          "*a", "`", "> ", "{},", "[1],", "\\"]  # fmt: skip
SIZE = 20_000


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_readers_are_not_greedy(name):
    """A file takes memory, and time, in proportion to its size."""
    good, read = READERS[name]
    read(good)  # what it loads is no part of it
    half = len(good) // 2
    for stuff in GREEDY:
        much = (stuff * SIZE).encode()[:SIZE]
        for raw in (much, good[:half] + much + good[half:]):
            begun = process_time()
            tracemalloc.start()
            try:
                read(raw)
            except BitextError:
                pass
            finally:
                _, peak = tracemalloc.get_traced_memory()
                tracemalloc.stop()
            assert peak < 10_000_000, stuff
            assert process_time() - begun < 5, stuff


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


@pytest.fixture(scope="module")
def client():
    pytest.importorskip("fastapi", reason="needs FastAPI: pip install 'bitext[serve]'")
    from fastapi.testclient import TestClient

    from bitext.serve import Limits, create_app

    app = create_app(Echo(), Glossary([]), limits=Limits(per_minute=0))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


# What a client may send, by the path and the kind of its body.
REQUESTS = [
    ("/translate", "application/json", b'{"q": ["Il dort.", "Oui"], "source": "auto", "target": '
     b'"en", "format": "html", "alternatives": 1, "glossary": [{"source": "a", "target": "b"}]}'),
    ("/translate", "application/x-www-form-urlencoded", b"q=Il+dort.&source=fr&target=en"),
    ("/translate", "multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; "
     b'name="q"\r\n\r\nOui.\r\n--x--'),
    ("/detect", "application/json", b'{"q": "Il dort."}'),
    ("/qa", "application/json", b'{"pairs": [{"source": "Il a 30 ans.", "target": "He is 20."}]}'),
    ("/align", "application/json", b'{"french": "Il dort. Il parle.", "english": "He sleeps."}'),
]  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: f"{one[0]} {one[1][:21]}")
@given(data=st.data())
def test_requests(request_, data, client):
    """Whatever is sent, the server answers or refuses, and has no fault of its own."""
    path, kind, good = request_
    raw = data.draw(st.one_of(st.binary(max_size=200), damaged(good), retold(good)))
    headers = {"content-type": kind, "host": "localhost"}
    answer = client.post(path, content=raw, headers=headers)
    assert answer.status_code < 500
    assert answer.status_code == 200 or list(answer.json()) == ["error"]
