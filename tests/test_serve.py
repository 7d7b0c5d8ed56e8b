"""The service: LibreTranslate's requests and answers, glossaries, checks, and its limits."""

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib import parse, request

import pytest

pytest.importorskip("fastapi", reason="needs FastAPI: pip install 'bitext[serve]'")

import uvicorn
from fastapi.testclient import TestClient

from bitext.enforce import held
from bitext.engines.echo import Echo
from bitext.engines.opening import choose, open_engine
from bitext.glossary import Glossary
from bitext.serve import Limits, create_app, limits, markup
from bitext.serve.detection import detect
from bitext.serve.gathering import Busy, Gathered
from bitext.serve.patience import Prompt
from bitext.units import TermEntry

FRENCH = "Les pelotons d’exécution sont partis."
SQUADS = TermEntry("pelotons d'exécution", "firing squads")


def client_of(**limits):
    engine = open_engine(choose("echo"), wrap=held)
    app = create_app(engine, Glossary([SQUADS]), limits=Limits(**limits), hosts=("localhost",))
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def client():
    with client_of(per_minute=0) as client:
        yield client


def asked(client, **fields):
    return client.post("/translate", json={"source": "fr", "target": "en"} | fields)


def test_a_text(client):
    answer = asked(client, q="Bonjour à tous.\n\nIl dort. Il rêve.\n")
    assert 200 == answer.status_code
    assert {"translatedText": "Bonjour à tous.\n\nIl dort. Il rêve.\n"} == answer.json()


def test_several_texts(client):
    texts = ["Bonjour.", "", "  ", "Il dort."]
    assert {"translatedText": texts} == asked(client, q=texts).json()


def test_a_form_as_older_clients_send_it(client):
    fields = {"q": "Bonjour.", "source": "fr", "target": "en", "api_key": ""}
    assert {"translatedText": "Bonjour."} == client.post("/translate", data=fields).json()
    files = {key: (None, value) for key, value in fields.items()}
    assert {"translatedText": "Bonjour."} == client.post("/translate", files=files).json()
    assert {"translatedText": "Bonjour."} == client.post("/translate", params=fields).json()


def test_the_language_is_found(client):
    french = "Les pelotons d’exécution sont partis, et il est seul."
    answer = asked(client, q=[french, "The squads have left the town, and he is not here."],
                   source="auto")  # fmt: skip
    found = answer.json()["detectedLanguage"]
    assert ["fr", "en"] == [each["language"] for each in found]
    assert all(0 < each["confidence"] <= 100 for each in found)


def test_alternatives_are_none(client):
    assert [] == asked(client, q="Bonjour.", alternatives=3).json()["alternatives"]


HTML = {
    "<p>Il <b>dort</b>.</p>": "<p>Il <b>dort</b>.</p>",
    "a &lt; b &amp; c": "a &lt; b &amp; c",
    "Il a < 3 ans, > 2.": "Il a &lt; 3 ans, &gt; 2.",
    "<script>if (a < b) {}</script>Oui": "<script>if (a < b) {}</script>Oui",
    "<!-- <p> -->Oui<br/>": "<!-- <p> -->Oui<br/>",
    '<a href="?a=1&b=2">Oui</a>': '<a href="?a=1&b=2">Oui</a>',
}


@pytest.mark.parametrize("text", HTML)
def test_markup_stays(client, text):
    assert HTML[text] == asked(client, q=text, format="html").json()["translatedText"]


def test_markup_is_quick():
    """Neither of these takes quadratic time, which would be many seconds."""
    for text in ("<" * 100_000, "<a" * 100_000, "<!--" * 50_000, "<script>" * 50_000):
        assert text == "".join(piece for piece, _ in markup.pieces(text))


def test_the_glossary_of_the_server(client):
    text = asked(client, q=FRENCH).json()["translatedText"]
    assert "Les firing squads sont partis." == text


def test_a_glossary_of_the_request(client):
    own = [{"source": "sont partis", "target": "have left"}]
    answer = asked(client, q=[FRENCH, "Oui."], glossary=own).json()
    assert "Les pelotons d’exécution have left." == answer["translatedText"][0]
    [[row], nothing] = answer["terms"]
    assert ("have left", "enforced") == (row["found"], row["outcome"])
    assert [] == nothing


def test_detect(client):
    assert [{"confidence": 100.0, "language": "fr"}] == client.post(
        "/detect", json={"q": "Où est le chat ?"}
    ).json()
    assert "en" == detect("Where is the cat of my aunt?")[0]
    assert ("fr", 0.0) == detect("12 34")


def test_languages(client):
    languages = client.get("/languages").json()
    assert [("en", ["en"]), ("fr", ["en"])] == [(one["code"], one["targets"]) for one in languages]


def test_qa(client):
    pairs = [
        {"source": "Il a 30 ans.", "target": "He is 20."},
        {"source": "Il dort.", "target": "He sleeps."},
        {"source": FRENCH, "target": "They have left."},
    ]
    numbers, fine, term = client.post("/qa", json={"pairs": pairs}).json()["flags"]
    assert "numbers" in {flag["check"] for flag in numbers}
    assert [] == fine
    assert "terms" in {flag["check"] for flag in term}


def test_align(client):
    texts = {"french": "Il dort. Berlin rêve de 1984.", "english": "Il dort. Berlin rêve de 1984."}
    answer = client.post("/align", json=texts).json()
    assert [("Il dort.", "Il dort.", "1-1"), ("Berlin rêve de 1984.",) * 2 + ("1-1",)] == [
        (pair["source"], pair["target"], pair["kind"]) for pair in answer["pairs"]
    ]
    assert all(0 <= pair["confidence"] <= 1 for pair in answer["pairs"])
    assert 400 == client.post("/align", json={"french": "", "english": ""}).status_code
    swapped = {
        "french": "The squads have left the town, and he is not here with us. " * 9,
        "english": "Les pelotons ont quitté la ville, et il n'est pas ici avec nous. " * 9,
    }
    assert client.post("/align", json=swapped).json()["doubts"]
    one_side = client.post("/align", json={"french": "Il dort.", "english": ""}).json()
    assert ["omitted"] == [pair["kind"] for pair in one_side["pairs"]]


def test_it_describes_itself(client):
    described = client.get("/openapi.json").json()
    assert {"/translate", "/detect", "/languages", "/qa", "/align", "/health"} == set(
        described["paths"]
    )
    for path in ("/", "/docs"):
        page = client.get(path).text
        assert "POST /translate" in page
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "ok" == client.get("/health").json()["status"]


REFUSED = {
    "no q": ({"q": None}, 400, "q"),
    "an empty q": ({"q": ""}, 400, "missing q"),
    "no target": ({"q": "Oui.", "target": None}, 400, "target"),
    "another target": ({"q": "Oui.", "target": "de"}, 400, "de is not supported"),
    "another source": ({"q": "Oui.", "source": "de"}, 400, "de is not supported"),
    "another format": ({"q": "Oui.", "format": "odt"}, 400, "format"),
    "too long": ({"q": "Oui. " * 300}, 400, "request (1500) exceeds text limit (1000)"),
    "too many": ({"q": ["Oui."] * 21}, 400, "request (21) exceeds text limit (20)"),
    "too many terms": ({"q": "Oui.", "glossary": [{"source": "a", "target": "b"}] * 11}, 400, "11"),
    "too large": ({"q": "Oui.", "x": "x" * 20_000}, 413, "more than 10,000 bytes"),
}  # fmt: skip


@pytest.fixture(scope="module")
def strict():
    limits = {"size": 10_000, "characters": 1_000, "texts": 20, "terms": 10}
    with client_of(per_minute=0, **limits) as client:
        yield client


@pytest.mark.parametrize("case", REFUSED)
def test_refusals_say_why(strict, case):
    fields, status, message = REFUSED[case]
    body = {"source": "fr", "target": "en"} | fields
    answer = strict.post("/translate", json={k: v for k, v in body.items() if v is not None})
    assert status == answer.status_code
    assert message.replace("11", "more than 10") in answer.json()["error"]


RAW = [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"[]", b'"q"', b'{"q": {"a": 1}}']


@pytest.mark.parametrize("raw", RAW)
def test_damaged_bodies_are_refused(client, raw):
    answer = client.post("/translate", content=raw, headers={"Content-Type": "application/json"})
    assert 400 == answer.status_code
    assert answer.json()["error"]


def test_a_body_that_hides_its_size_is_refused(strict):
    chunks = (b"x" * 1000 for _ in range(20))
    headers = {"Content-Type": "application/json"}
    answer = strict.post("/translate", content=chunks, headers=headers)
    assert "content-length" not in answer.request.headers
    assert 413 == answer.status_code


def test_a_length_that_is_none_is_refused(strict):
    for length in ("9" * 5000, "x"):
        answer = strict.post("/translate", content=b"", headers={"Content-Length": length})
        assert 413 == answer.status_code


def test_another_host_is_refused(client):
    answer = client.get("/languages", headers={"Host": "evil.example:5000"})
    assert 403 == answer.status_code


def test_who_asks_too_often_is_told_to_wait():
    with client_of(per_minute=3) as client:
        statuses = [asked(client, q="Oui.").status_code for _ in range(5)]
        assert [200, 200, 200, 429, 429] == statuses
        assert int(client.get("/languages").headers["Retry-After"].split(".")[0]) >= 1


class Counting(Echo):
    """Keeps the sizes of the batches that it is given; it is slow enough for others to come."""

    def __init__(self):
        self.sizes = []

    def translate(self, requests, *, n_best=1):
        self.sizes.append(len(requests))
        time.sleep(0.05)
        if any("faulty" in each.text for each in requests):
            raise RuntimeError("a fault")
        return super().translate(requests)


def test_requests_at_one_time_share_a_batch():
    engine = Counting()
    app = create_app(engine, Glossary(()), limits=Limits(per_minute=0))
    texts = [f"Texte numéro {n}." for n in range(40)]
    with TestClient(app) as client, ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda text: asked(client, q=text).json(), texts))
    assert texts == [answer["translatedText"] for answer in answers]
    assert 40 == sum(engine.sizes)
    assert max(engine.sizes) > 4


def test_a_request_that_fails_fails_alone():
    app = create_app(Counting(), Glossary(()), limits=Limits(per_minute=0))
    with TestClient(app, raise_server_exceptions=False) as client, ThreadPoolExecutor(3) as pool:
        texts = ["Un.", "Le faulty.", "Deux."]
        answers = list(pool.map(lambda text: asked(client, q=text), texts))
    assert [200, 500, 200] == [answer.status_code for answer in answers]
    assert "a fault of the server's" in answers[1].json()["error"]


def test_more_than_can_wait_are_turned_away(monkeypatch):
    monkeypatch.setattr("bitext.serve.gathering.QUEUE", 1)
    engine = Counting()
    gathered = Gathered(engine)
    from bitext.engines import Request

    refused = []

    def ask():
        try:
            gathered.translate([Request("Oui.")] * 300)  # a batch is full with it
        except Busy as error:
            refused.append(error)

    threads = [threading.Thread(target=ask) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gathered.close()
    assert refused


@pytest.fixture
def impatient(monkeypatch):
    """The address of a server that waits half a second for what its clients have to say."""
    monkeypatch.setattr(limits, "PATIENCE", 0.5)
    app = create_app(open_engine(choose("echo"), wrap=held), Glossary([]), hosts=("localhost",))
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = uvicorn.Server(uvicorn.Config(app, http=Prompt, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        yield door.getsockname()
        server.should_exit = True
        thread.join()


POST = b"POST /translate HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
WHOLE = b"q=Oui&source=fr&target=en"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        (b"", b""),
        (POST % 100, b""),
        (POST % 100 + FORM + b"q=Oui", b"HTTP/1.1 408 "),
        (POST % len(WHOLE) + FORM + WHOLE, b"HTTP/1.1 200 "),
    ],
)
def test_who_says_nothing_does_not_stay(impatient, sent, answer):
    with socket.create_connection(impatient, timeout=20) as connection:
        connection.sendall(sent)
        said = b""
        while piece := connection.recv(4096):
            said += piece
    assert answer == said[: len(answer)]
    assert bool(answer) == bool(said)


@pytest.mark.slow
def test_the_command_serves_and_ends_in_order():
    command = "from bitext.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--engine", "echo", "--port", "0"],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr
    said = process.stderr.readline()
    place = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert place, said
    body = parse.urlencode({"q": "Bonjour.", "source": "fr", "target": "en"}).encode()
    with request.urlopen(f"{place[0]}/translate", data=body, timeout=30) as answer:
        assert "Bonjour." == json.load(answer)["translatedText"]
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=30)
    assert "Traceback" not in complaint
    assert process.returncode in (0, 130)
