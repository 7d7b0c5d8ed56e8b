"""The tables that people made by hand: reference translations and sentence boundaries."""

import re
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
ARTICLES = {
    path.name: path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))
}
KINDS = {"sentence"} | {
    f"drop:{rule}" for rule in ("share-bar", "comment-form", "credits", "dateline", "date-stamp")
}
GLOSSED = ["pelotons d’exécution", "parleys", "parler librement"]

# What a French text has and its English translation has not: guillemets, accents, no-break
# spaces, and the straight quotes that our references do not use.
FRENCH = re.compile(r"[«»À-ÿŒœ\u00a0\u202f\"']")


def read_table(path: Path, *header: str) -> list[tuple[str, ...]]:
    """The rows under the header; fields are raw text between tabs, never quoted."""
    first, *lines = path.read_bytes().decode().removesuffix("\n").split("\n")
    assert first.split("\t") == list(header)
    rows = [tuple(line.split("\t")) for line in lines]
    assert [row for row in rows if len(row) != len(header)] == []
    return rows


def solid(text: str) -> str:
    """The characters that are not white space."""
    return "".join(text.split())


def spans(document: str, texts: list[str]) -> list[tuple[int, int]]:
    """Where consecutive texts stand in an article."""
    found, end = [], 0
    for text in texts:
        start = ARTICLES[document].index(text, end)
        end = start + len(text)
        found.append((start, end))
    return found


REFERENCES = read_table(ROOT / "seeds" / "references.tsv", "document", "source", "reference")
SEGMENTS = read_table(DATA / "seed_sentences.tsv", "document", "kind", "text")
EDGES = read_table(DATA / "french_sentences.tsv", "text", "sentences")


def of(rows: list[tuple[str, ...]], document: str) -> list[tuple[str, ...]]:
    return [row for row in rows if row[0] == document]


def test_there_are_five_articles_and_references_for_each():
    assert len(ARTICLES) == 5
    assert [name for name, _ in groupby(REFERENCES, itemgetter(0))] == list(ARTICLES)
    assert len(REFERENCES) >= 110


@pytest.mark.parametrize("document", ARTICLES)
def test_a_source_stands_once_in_its_article(document: str):
    article = ARTICLES[document]
    assert [source for _, source, _ in of(REFERENCES, document) if article.count(source) != 1] == []


@pytest.mark.parametrize("document", ARTICLES)
def test_sources_do_not_overlap_and_stand_in_order(document: str):
    found = [
        (start := ARTICLES[document].index(source), start + len(source))
        for _, source, _ in of(REFERENCES, document)
    ]
    assert [(one, two) for one, two in pairwise(found) if two[0] < one[1]] == []


@pytest.mark.parametrize("document", ARTICLES)
def test_no_source_touches_what_is_dropped(document: str):
    segments = of(SEGMENTS, document)
    dropped = {
        position
        for (_, kind, _), span in zip(
            segments, spans(document, [text for _, _, text in segments]), strict=True
        )
        if kind != "sentence"
        for position in range(*span)
    }
    touching = []
    for _, source, _ in of(REFERENCES, document):
        start = ARTICLES[document].index(source)
        if dropped.intersection(range(start, start + len(source))):
            touching.append(source)
    assert touching == []


def test_references_are_english_and_not_empty():
    texts = [reference for _, _, reference in REFERENCES]
    assert [text for text in texts if not text or text != text.strip()] == []
    assert [text for text in texts if FRENCH.search(text)] == []


@pytest.mark.parametrize("term", GLOSSED)
def test_every_sentence_with_a_glossed_term_has_a_reference(term: str):
    expected = [text for _, kind, text in SEGMENTS if kind == "sentence" and term in text]
    covered = [text for text in expected if any(text in source for _, source, _ in REFERENCES)]
    assert expected
    assert expected == covered


@pytest.mark.parametrize("document", ARTICLES)
def test_sentences_and_drops_concatenate_to_the_article(document: str):
    texts = [text for _, _, text in of(SEGMENTS, document)]
    assert solid(ARTICLES[document]) == solid("".join(texts))
    assert [text for text in texts if not text or text != text.strip()] == []
    spans(document, texts)  # each is raw text of the article, in order


def test_kinds_are_known():
    assert {kind for _, kind, _ in SEGMENTS} == KINDS


def test_edge_cases_concatenate_to_their_text():
    assert len(EDGES) >= 40
    assert len({text for text, _ in EDGES}) == len(EDGES)
    assert [text for text, joined in EDGES if solid(text) != solid(joined.replace("‖", ""))] == []
