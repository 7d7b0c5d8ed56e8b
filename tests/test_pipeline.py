"""Documents through the pipeline: every sentence once, in order, whatever fails on the way."""

import pytest

from bitext import pipeline
from bitext.engines.echo import Echo
from bitext.errors import EngineError, InputError
from bitext.units import Document

DOCUMENTS = [
    Document(f"{n}.txt", "fr", tuple(f"Phrase {n} numéro {k}." for k in range(n))) for n in range(6)
]
SENTENCES = [
    (number, line) for number, document in enumerate(DOCUMENTS) for line in document.paragraphs
]


class Failing(Echo):
    """Breaks down at the call of this number."""

    def __init__(self, at):
        self.left = at

    def translate(self, requests, *, n_best=1):
        if self.left == 0:
            raise EngineError("out of order")
        self.left -= 1
        return super().translate(requests, n_best=n_best)


def given(documents, engine, batch):
    """What came, sentence by sentence, and the failure that ended it."""
    came, failure = [], None
    try:
        for done in pipeline.translate_all(documents, engine, batch=batch):
            came += [(number, unit.source) for number, unit in done]
    except (EngineError, InputError) as error:
        failure = error
    return came, failure


@pytest.mark.parametrize("batch", [1, 2, 4, 15, 99])
def test_sentences_come_in_order_with_their_document(batch):
    assert (SENTENCES, None) == given(DOCUMENTS, Echo(), batch)


@pytest.mark.parametrize("calls", range(4))
def test_what_was_translated_before_a_failure_is_given(calls):
    came, failure = given(DOCUMENTS, Failing(calls), 4)
    assert SENTENCES[: 4 * calls] == came
    assert isinstance(failure, EngineError)


@pytest.mark.parametrize("batch", [1, 4, 99])
def test_so_is_what_was_read_before_one(batch):
    def documents():
        yield from DOCUMENTS[:4]
        raise InputError("4.txt", "is not UTF-8")

    came, failure = given(documents(), Echo(), batch)
    assert [pair for pair in SENTENCES if pair[0] < 4] == came
    assert isinstance(failure, InputError)


def test_a_check_that_breaks_down_is_not_passed_over(monkeypatch):
    def checked(unit):
        if unit.source == "Phrase 3 numéro 0.":
            raise ZeroDivisionError
        return unit

    monkeypatch.setattr(pipeline, "checked", checked)
    came = []
    with pytest.raises(ZeroDivisionError):
        for done in pipeline.translate_all(DOCUMENTS, Echo(), batch=1):
            came += [(number, unit.source) for number, unit in done]
    assert SENTENCES[:3] == came
