"""Scores: snippets are read, joined and measured as sacrebleu's own command measures them."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF

from bitext.errors import InputError
from bitext.score import Snippet, join, read_snippets, score, to_json
from bitext.score.metrics import Row, interval, measure, too_few
from bitext.score.windows import best_window
from bitext.units import Enforcement, Issue, TermEntry, TermMatch, TranslationUnit

HEADER = "document\tsource\treference\n"


def unit(source: str, target: str, start: int = 0, **more: Any) -> TranslationUnit:
    document, paragraph = more.pop("document", "a.txt"), more.pop("paragraph", 0)
    end = start + len(source)
    name = f"{document}:{paragraph}:{start}"
    made = TranslationUnit(name, document, paragraph, start, end, source, target, "mt")
    return replace(made, **more)


def snippet(source: str, reference: str = "Any.", document: str = "a.txt") -> Snippet:
    return Snippet(document, source, reference, 2)


def test_a_table_is_read_as_it_stands() -> None:
    rows = [HEADER, "a.txt\t « Oui. » \t“Yes.”\r\n", "\n", "b.txt\t\tNo.\n"]
    expected = [Snippet("a.txt", " « Oui. » ", "“Yes.”", 2), Snippet("b.txt", "", "No.", 4)]
    assert expected == read_snippets(rows, "refs.tsv")


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert [] == read_snippets(["\ufeff" + HEADER])


UNUSABLE = [
    ("refs.tsv: is empty; its first line should be document ⇥ source ⇥ reference", []),
    (
        "refs.tsv:1: the header should be document ⇥ source ⇥ reference, tabs between",
        ["a.txt\tOui.\tYes.\n"],
    ),
    (
        "refs.tsv:2: 2 columns, not 3; put one tab between document, source, reference",
        [HEADER, "a.txt\tOui.\n"],
    ),
    (
        "refs.tsv:2: 4 columns, not 3; put one tab between document, source, reference",
        [HEADER, "a.txt\tOui.\tYes.\tYes.\n"],
    ),
    (
        "refs.tsv:3: an empty reference; fill it in or delete the row",
        [HEADER, "a.txt\tNon.\tNo.\n", "a.txt\tOui.\t \n"],
    ),
    (
        "refs.tsv:2: no document; name the file that the source is from",
        [HEADER, "\tOui.\tYes.\n"],
    ),
    (
        "refs.tsv:3: the source of line 2 again; keep one of them",
        [HEADER, "a.txt\tOui.\tYes.\n", "in/a.txt\tOui. \tYeah.\n"],
    ),
]


@pytest.mark.parametrize(("message", "rows"), UNUSABLE)
def test_what_cannot_be_used_is_said_with_its_line(message: str, rows: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        read_snippets(rows, "refs.tsv")
    assert message == str(caught.value)


# Two sentences that touch, one that follows after a space; another paragraph repeats things.
UNITS = [
    unit("Interdiction:", "Ban:"),
    unit("Trump est banni.", "Trump is banned.", 13),
    unit("Il a déjà réagi, dit-il.", "He has already reacted, he says.", 30),
    unit("Interdiction:", "A ban:", paragraph=1),
    unit("Oui, dit-il.", "Yes, he says.", document="dir/b.txt"),
    unit("Parler", "Parler", 0, document="c.txt"),
    unit("Il va à Parler.", "He goes to Parler.", 0, document="c.txt", paragraph=1),
]
JOINS = [
    # kind, hypothesis or reason, snippet
    ("sentence", "Trump is banned.", snippet("Trump est banni.")),
    ("sentence", "Trump is banned.", snippet(" Trump  est\u202fbanni. ")),
    ("sentence", "Yes, he says.", snippet("Oui, dit-il.", document=r"C:\seeds\b.txt")),
    ("sentence", "Parler", snippet("Parler", document="c.txt")),
    ("passage", "Ban: Trump is banned.", snippet("Interdiction:Trump est banni.")),
    (
        "passage",
        "Trump is banned. He has already reacted, he says.",
        snippet("Trump est banni. Il a déjà réagi, dit-il."),
    ),
    ("part", "He has already reacted,", snippet("Il a déjà réagi", "He had already reacted")),
    ("unaligned", "the source stands in 2 places", snippet("Interdiction:")),
    ("unaligned", "the source is a part of several segments", snippet("est banni. Il a")),
    ("unaligned", "the source is not there", snippet("Il a réagi.")),
    ("unaligned", "the source is not there", snippet("Oui, dit-il.")),
    ("unaligned", "no document called d.txt", snippet("Oui.", document="d.txt")),
    ("unaligned", "the snippet has no source text", snippet(" ")),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), JOINS)
def test_a_snippet_finds_its_units(kind: str, text: str, wanted: Snippet) -> None:
    [found] = join(UNITS, [wanted])
    assert (kind, text) == (found.kind, found.reason or found.hypothesis)


def test_a_passage_names_its_units() -> None:
    [found] = join(UNITS, [snippet("Interdiction:Trump est banni.")])
    assert ("a.txt:0:0", "a.txt:0:13") == found.unit_ids


LETTERS = st.text(alphabet="abc ", min_size=1, max_size=24)


@given(LETTERS, LETTERS)
def test_a_window_is_the_best_by_sacrebleu(target: str, reference: str) -> None:
    words, chrf = target.split(), CHRF()
    windows = [
        " ".join(words[start:end])
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    ]
    values = [chrf.sentence_score(window, [reference]).score for window in windows]
    found = best_window(target, reference)
    if reference.strip() and windows:
        assert max(values) == pytest.approx(chrf.sentence_score(found, [reference]).score)
        assert found in windows
    else:
        assert " ".join(words[:1]) == found


HYPOTHESES = (
    "Parler sued Amazon on Monday.",
    "“We will not give in,” he said.",
    "It has 4.9 million followers.",
    "The site is down.",
)
REFERENCES = (
    "Parler sued Amazon Monday.",
    "“We won’t give in,” Matze said.",
    "It has 4.9 million followers.",
    "Its website went down.",
)
ROWS = [
    Row(*pair, f"{n % 3}.txt") for n, pair in enumerate(zip(HYPOTHESES, REFERENCES, strict=True))
]


def test_scores_are_those_of_sacrebleu_s_own_command(tmp_path: Path) -> None:
    for name, lines in (("hyp", HYPOTHESES), ("ref", REFERENCES)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "sacrebleu",
        str(tmp_path / "ref"),
        "-i",
        str(tmp_path / "hyp"),
    ]
    options = ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "-w", "9", "-f", "json"]
    printed = json.loads(subprocess.check_output(command + options, text=True))
    found = measure(ROWS, intervals=False)
    ours = [found.bleu, found.chrf, found.ter]
    assert [(row["name"], pytest.approx(row["score"])) for row in printed] == [
        (one.name, one.value) for one in ours if one
    ]
    # The command's signature says the same, in longer words.
    assert ["eff:no", "nw:2", "case:lc"] == [
        next(word for word in one.signature.split("|") if word in ("eff:no", "nw:2", "case:lc"))
        for one in ours
        if one
    ]


def test_an_interval_is_drawn_from_documents_and_the_same_every_time() -> None:
    low, high = interval("chrf", ROWS)
    value = measure(ROWS, intervals=True).chrf
    assert (low, high) == interval("chrf", ROWS)
    assert value and low <= value.value <= high
    assert (value.low, value.high) == (low, high)


def test_one_document_gives_no_interval() -> None:
    rows = [replace(row, document="a.txt") for row in ROWS]
    found = measure(rows, intervals=True).bleu
    assert found and (None, None) == (found.low, found.high)


FEW = "too few to trust the scores much: 4 segments from 3 documents (wanted 100 from 5)"


@pytest.mark.parametrize(
    ("warning", "rows"),
    [(FEW, ROWS), ("", []), ("", [Row("a", "a", f"{n % 5}") for n in range(100)])],
)
def test_few_segments_are_warned_of(warning: str, rows: list[Row]) -> None:
    assert warning == too_few(rows)


PARLER = TermEntry("Parler", "Parler", "dnt")
MESSAGE = TermEntry("message", "message", "forbidden")


def term(**more: Any) -> TermMatch:
    return replace(TermMatch(PARLER, 0, 6, "Parler"), **more)


FLAG = Issue("terms", "major", "", "terminology", ((0, 6),))
TERMS = [
    # occurrences, verified, ambiguous, matches, enforcement, issues
    ((1, 1, 0), (term(),), (Enforcement("right"),), ()),
    ((1, 1, 0), (term(),), (Enforcement("enforced"),), None),
    ((1, 0, 0), (term(),), (Enforcement("unenforced"),), ()),
    ((0, 0, 1), (term(),), (Enforcement("ambiguous"),), ()),
    ((0, 0, 0), (term(),), (Enforcement("shadowed"),), ()),
    # The check has the last word, and the only one where nothing was enforced.
    ((1, 0, 0), (term(),), (Enforcement("enforced"),), (FLAG,)),
    ((1, 0, 0), (term(),), (), (FLAG,)),
    ((1, 1, 0), (term(),), (), ()),
    ((1, 0, 0), (term(),), (), None),
    ((0, 0, 1), (term(confidence=0.3),), (), ()),
    ((0, 0, 0), (term(shadowed=True),), (), ()),
    ((0, 0, 0), (term(entry=MESSAGE),), (), ()),
]


@pytest.mark.parametrize(("counts", "matches", "enforcement", "issues"), TERMS)
def test_terms_are_counted_by_occurrence(
    counts: tuple[int, int, int], matches: Any, enforcement: Any, issues: Any
) -> None:
    one = unit("Parler.", "Parler.", matches=matches, enforcement=enforcement, issues=issues)
    found = score([], [one]).terms
    assert counts == (found.occurrences, found.verified, found.ambiguous)


def test_what_a_report_says() -> None:
    over = Issue("over_applied", "major", "", "terminology", (), ((0, 6), (7, 13)))
    units = [*UNITS, unit("Fin.", "End.", 60, issues=(over,))]
    snippets = [
        snippet("Trump est banni.", "Trump is banned."),
        snippet("Il a déjà réagi", "He had already reacted"),
        snippet("Oui, dit-il.", "Il le dit et il nous parle.", "b.txt"),
        snippet("Absent."),
    ]
    report = to_json(score(join(units, snippets), units, signature="echo"))
    assert "echo" == report["signature"]
    assert (2, 1) == (report["sentences"]["count"], report["parts"]["count"])
    assert {"value", "low", "high", "signature"} == set(report["sentences"]["chrf"])
    assert {"value", "signature"} == set(report["parts"]["chrf"])
    assert (4, 3) == (report["coverage"]["snippets"], report["coverage"]["aligned"])
    assert [
        {"document": "a.txt", "line": 2, "reason": "the source is not there", "source": "Absent."}
    ] == report["coverage"]["unaligned"]
    assert [2, 8] == report["coverage"]["segments"]
    # 3 + 2 words of whole units, 4 of a part.
    assert [9, 18] == report["coverage"]["words"]
    assert ["a.txt", "c.txt", "dir/b.txt"] == sorted(report["documents"])
    assert 100.0 == pytest.approx(report["documents"]["a.txt"]["chrf"])
    assert report["documents"]["c.txt"]["chrf"] is None
    assert {"minor": 0, "major": 1, "critical": 0} == report["documents"]["a.txt"]["flags"]
    assert (2, None) == (report["terms"]["over_applied"], report["terms"]["accuracy"])
    assert ["b.txt", "a.txt"] == [row["document"] for row in report["worst"]]
    assert "line 2: the reference looks French" == report["warnings"][0]
    assert report["warnings"][1].startswith("too few")
    json.dumps(report, allow_nan=False)


def test_without_references_there_are_terms_and_flags() -> None:
    report = to_json(score([], UNITS))
    assert {"bleu": None, "chrf": None, "ter": None, "count": 0} == report["sentences"]
    assert ["no reference for a whole segment: there are no scores"] == report["warnings"]
    assert [0, 7] == report["coverage"]["segments"]
