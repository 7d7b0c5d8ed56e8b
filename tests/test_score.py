"""Scores: snippets are read, joined and measured as sacrebleu's own command measures them."""

import json
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF

from bitext.cli.score_tables import report as tabulate
from bitext.errors import InputError
from bitext.score import (
    Baseline,
    Snippet,
    join,
    lines_of,
    paired,
    read_snippets,
    score,
    score_documents,
    to_json,
    to_rows,
)
from bitext.score.agreement import agreement
from bitext.score.metrics import Row, count
from bitext.score.page import build
from bitext.score.resampling import difference, interval, measure, too_few
from bitext.score.thresholds import limits, missed
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
        [HEADER, "a.txt\tOui.\tYes.\n", "a.txt\tOui. \tYeah.\n"],
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
NOTHING = "nothing resembles it enough"
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
    ("unaligned", f"the source is not there; {NOTHING}", snippet("Oui, dit-il.")),
    ("unaligned", "no document called d.txt", snippet("Oui.", document="d.txt")),
    ("unaligned", f"the snippet has no source text; {NOTHING}", snippet(" ")),
    # The source as an editor has changed it; a reference without its source.
    ("aligned", "Trump is banned.", snippet("Trump est donc banni !")),
    ("aligned", "He has already reacted, he says.", snippet("", "He already reacted, he says.")),
    ("sentence", "Trump is banned.", replace(snippet("Autre."), id="a.txt:0:13")),
    ("unaligned", "no unit called x", replace(snippet("Trump est banni."), id="x")),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), JOINS)
def test_a_snippet_finds_its_units(kind: str, text: str, wanted: Snippet) -> None:
    [found] = join(UNITS, [wanted])
    assert (kind, text) == (found.kind, found.reason or found.hypothesis)


def test_a_document_goes_by_its_full_name_where_there_is_such_a_one() -> None:
    units = [unit("Oui.", "Yes.", document="x/a.txt"), unit("Oui.", "Yeah.", document="y/a.txt")]
    rows = [HEADER, "x/a.txt\tOui.\tYes.\n", "y/a.txt\tOui.\tYes.\n", "z/a.txt\tOui.\tYes.\n"]
    one, other, either = join(units, read_snippets(rows))
    assert [("Yes.", "x/a.txt"), ("Yeah.", "y/a.txt")] == [
        (found.hypothesis, found.document) for found in (one, other)
    ]
    assert "the source stands in 2 places" == either.reason
    report = score([one, other], units, metrics=["chrf"])
    assert [True, False] == [report.documents[u.document].chrf == 100 for u in units]
    assert "document" == report.drawn_by


def test_snippets_without_a_source_stand_each_in_its_own_document() -> None:
    texts = {"x/a.txt": "The ship left.", "y/a.txt": "Nobody came back."}
    units = [unit("Phrase.", target, document=name) for name, target in texts.items()]
    found = join(units, [snippet("", text, name) for name, text in texts.items()])
    assert [(name, (u.id,)) for name, u in zip(texts, units, strict=True)] == [
        (row.document, row.unit_ids) for row in found
    ]


def test_a_run_is_scored_as_its_units_are_together() -> None:
    named = [unit("Oui.", "Yes."), unit("Non.", "No.", document="b.txt")]
    rest = [unit("Bon.", "Good.", document=f"{n}.txt") for n in range(3)]
    snippets = [snippet("Oui.", "Yes."), replace(snippet("", "No.", ""), id=named[1].id)]
    every = [rest[0], *named, *rest[1:]]
    streamed = score_documents(([one] for one in every), snippets)
    together = score(join(every, snippets), every)
    assert (2, list(together.documents)) == (streamed.sentences.count, list(streamed.documents))
    assert to_json(together) == to_json(streamed)


def test_the_worst_are_told_by_a_metric_that_was_asked_for() -> None:
    units = [unit(f"Un {n}.", t, paragraph=n) for n, t in enumerate(("It is so.", "Some other."))]
    snippets = [snippet(u.source, "It is so.") for u in units]
    joined = join(units, snippets)
    better = [replace(row, hypothesis="It is so.") for row in joined]
    baseline = Baseline("old", better)
    for metric, title in (("ter", "TER"), ("bleu", "BLEU")):
        found = score(joined, units, baselines=[baseline], metrics=[metric])
        figures = to_json(found)
        assert ["Some other.", "It is so."] == [row["hypothesis"] for row in figures["worst"]]
        table = StringIO()
        tabulate(figures, table)
        assert f"furthest from their references, by {title}:" in table.getvalue()
        assert f"most lost, in {title}:" in table.getvalue()
        assert "chrF++" not in build(found, title="one")


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
    options = ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "-w", "12", "-f", "json"]
    printed = json.loads(subprocess.check_output(command + options, text=True))
    units, joined = paired(
        lines_of("\n".join(HYPOTHESES), "hyp"), lines_of("\r\n".join(REFERENCES) + "\r\n", "ref")
    )
    found = score(joined, units).sentences
    assert [(row["name"], row["score"], row["signature"]) for row in printed] == [
        (one.name, round(one.value, 12), one.signature)
        for one in (found.bleu, found.chrf, found.ter)
        if one
    ]


def test_an_interval_is_drawn_from_documents_and_the_same_every_time() -> None:
    low, high = interval(count(ROWS), "chrf")
    value = measure(count(ROWS), intervals=True).chrf
    assert (low, high) == interval(count(ROWS), "chrf")
    assert value and low <= value.value <= high
    assert (value.low, value.high) == (low, high)


def test_one_segment_gives_no_interval_and_no_p_value() -> None:
    one = count(ROWS[:1])
    found = measure(one, intervals=True).bleu
    assert found and (None, None) == (found.low, found.high)
    against = difference(one, count(ROWS[1:2]), "bleu")
    assert (None, None, None) == (against.low, against.bootstrap, against.randomised)


def rows_of(seed: int, documents: int, size: int = 120) -> list[Row]:
    """A system that gets the more wrong the greater its seed."""
    words = "the site was down on Monday after Amazon took its servers away from Parler".split()
    made = []
    for n in range(size):
        wanted = words[n % 5 : 6 + n % 7]
        said = [w if (n * 7 + at * 3) % (11 - seed) else "it" for at, w in enumerate(wanted)]
        made.append(Row(" ".join(said), " ".join(wanted), f"{n % documents}.txt"))
    return made


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["bs", "ar"])
def test_p_values_are_those_of_sacrebleu(kind: str) -> None:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.significance import PairedTest

    one, two = rows_of(3, 1), rows_of(4, 1)
    systems = [("two", [row.hypothesis for row in two]), ("one", [row.hypothesis for row in one])]
    test = PairedTest(
        systems, {"BLEU": BLEU()}, [[row.reference for row in one]], test_type=kind, n_samples=0
    )
    theirs = test()[1]["BLEU"][1].p_value
    found = difference(count(one), count(two), "bleu")
    ours = found.bootstrap if kind == "bs" else found.randomised
    assert theirs == pytest.approx(ours, abs=0.002)  # they count in 32 bits, and ties otherwise


def test_the_same_system_is_never_better_than_itself() -> None:
    found = difference(count(ROWS), count(ROWS), "chrf")
    assert (0, 1.0, 1.0) == (found.change, found.bootstrap, found.randomised)


def test_a_few_documents_cannot_tell_much() -> None:
    better, worse = count(ROWS), count([replace(row, hypothesis="it") for row in ROWS])
    found = difference(better, worse, "chrf")
    assert found.low and found.low > 0
    # Three documents: of the eight ways to swap them, two give this difference or more.
    assert found.randomised == pytest.approx(2 / 8, abs=0.02)


FEW = "too few to trust the scores much: "
NARROW = (
    "segments of one document, or of documents that are not told: "
    "intervals are drawn by segment, and may be too narrow"
)
DOCUMENTS = [
    ("", []),
    ("", [f"{n % 5}" for n in range(100)]),
    (f"{FEW}4 segments from 3 documents (wanted 100 from 5)", [row.document for row in ROWS]),
    ("one segment only: its scores say nothing of the system, and there is no interval", ["a"]),
    (f"{FEW}2 {NARROW}", ["a", "a"]),
    (f"3,000 {NARROW}", ["a"] * 3000),
]


@pytest.mark.parametrize(("warning", "documents"), DOCUMENTS)
def test_few_segments_are_warned_of(warning: str, documents: list[str]) -> None:
    assert warning == too_few(documents)


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
        snippet("Oui, dit-il.", "Yes, he said.", "b.txt"),
        snippet("Trump est banni.", "Il le dit et il nous parle."),
        snippet("Absent."),
    ]
    report = to_json(score(join(units, snippets), units, signature="echo"))
    assert "echo" == report["signature"]
    assert (2, 1) == (report["sentences"]["count"], report["parts"]["count"])
    assert {"value", "low", "high", "signature"} == set(report["sentences"]["chrf"])
    assert {"value", "signature"} == set(report["parts"]["chrf"])
    assert (5, 3) == (report["coverage"]["snippets"], report["coverage"]["aligned"])
    assert [
        {
            "document": "a.txt",
            "line": 2,
            "reason": "the reference looks French",
            "source": "Trump est banni.",
        },
        {
            "document": "a.txt",
            "line": 2,
            "reason": f"the source is not there; {NOTHING}",
            "source": "Absent.",
        },
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
    assert report["warnings"][0].startswith("too few")
    json.dumps(report, allow_nan=False)


def test_without_references_there_are_terms_and_flags() -> None:
    report = to_json(score([], UNITS))
    assert {"bleu": None, "chrf": None, "ter": None, "count": 0} == report["sentences"]
    assert ["no reference for a whole segment: there are no scores"] == report["warnings"]
    assert [0, 7] == report["coverage"]["segments"]


def test_a_snippet_that_matches_nothing_is_never_scored() -> None:
    absent = [
        snippet("Une phrase tout autre, sur la pêche.", "Another sentence, on fishing."),
        snippet("", "Nothing of the kind was ever said by Trump."),
        snippet("Il a réagi", "He reacted", "z.txt"),
    ]
    report = score(join(UNITS, absent), UNITS)
    assert (0, 0, 0) == (report.sentences.count, report.aligned.count, report.parts.count)
    assert () == report.scored
    rows = list(to_rows(report))
    assert ["", "", ""] == [row[3] for row in rows[1:]]
    assert all(row[rows[0].index("reason")] for row in rows[1:])


def test_references_without_their_sources_find_their_sentences() -> None:
    """Every seed's references, in order, against themselves as units: each finds its own."""
    wanted = read_snippets(
        (Path(__file__).parent.parent / "seeds" / "references.tsv").read_text("utf-8").split("\n")
    )[:24]
    place = {s.source: n for n, s in enumerate(wanted)}
    units = [
        unit(s.source, s.reference, document=s.document, paragraph=n)
        for s, n in ((s, place[s.source]) for s in wanted)
    ]
    bare = [replace(s, source="", reference=s.reference.replace("the ", "a ")) for s in wanted]
    found = join(units, bare)
    pairs = zip(found, units, strict=True)
    wrong = [r for r, u in pairs if r.unit_ids not in ((), (u.id,))]
    assert [] == wrong
    assert 20 < sum(row.kind == "aligned" for row in found)


WITH_IDS = [
    ("id\treference\n", "a:0:0:1\tYes.\n", Snippet("", "", "Yes.", 2, "a:0:0:1")),
    ("document\treference\n", "a.txt\tYes.\n", Snippet("a.txt", "", "Yes.", 2)),
]


@pytest.mark.parametrize(("header", "row", "expected"), WITH_IDS)
def test_a_table_may_have_ids_or_no_sources(header: str, row: str, expected: Snippet) -> None:
    assert [expected] == read_snippets([header, row])


UNPAIRED = [
    ("hyp: 1 lines, but ref has 2; a segment must have the same line in both", "Oui.", "A\nB\n"),
    ("ref:1: an empty reference (and 1 more); fill it in, or delete the line in every file",
     "A\nB\nC", "\n \nC\n"),
    ("ref: is empty: there is nothing to score against", "A", ""),
    ("ref: 1 of 1 references look French, not English; are two files swapped?",
     "He says so.", "Il le dit et il nous parle.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "hypotheses", "references"), UNPAIRED)
def test_files_of_lines_must_go_together(message: str, hypotheses: str, references: str) -> None:
    with pytest.raises(InputError) as caught:
        paired(lines_of(hypotheses, "hyp"), lines_of(references, "ref"))
    assert message == str(caught.value)


def test_a_baseline_is_compared_on_the_segments_that_both_have() -> None:
    snippets = [snippet("Trump est banni."), snippet("Il a déjà réagi, dit-il.")]
    ours = join(
        UNITS, [replace(s, reference="Trump is banned.", line=n) for n, s in enumerate(snippets)]
    )
    theirs = [replace(ours[0], hypothesis="Trumpet."), replace(ours[1], kind="unaligned")]
    report = score(ours, UNITS, baselines=[Baseline("old", theirs)])
    [found] = report.comparisons
    assert (1, 1, 1, 0) == (found.count, found.left_out, found.better, found.worse)
    assert "old: one segment only, so that nothing can be told of chance" in report.warnings
    assert "Trumpet." == found.gains[0].baseline
    nothing = score(ours, UNITS, baselines=[Baseline("old", [])])
    assert "old: no segment in common, nothing to compare" in nothing.warnings
    json.dumps(to_json(nothing), allow_nan=False)


def test_buckets_by_length_and_term() -> None:
    matched = replace(UNITS[1], matches=(term(),))
    units = [UNITS[0], matched, *UNITS[2:]]
    report = score(
        join(units, [snippet("Trump est banni."), snippet("Oui, dit-il.", document="b.txt")]), units
    )
    assert [("1 to 10 words", 2), ("with a term", 1), ("without a term", 1)] == [
        (bucket.name, bucket.count) for bucket in report.buckets
    ]


MISSED = [
    ([], "chrf=90,bleu=10,ter=20"),
    (["chrF++ is 100, below 101"], "chrf=101"),
    (["TER is 0, above -1"], "ter=-1"),
    (["there is no term accuracy, so that 1 is not reached"], "term=1"),
]


@pytest.mark.parametrize(("expected", "wanted"), MISSED)
def test_what_falls_below_a_limit_is_told(expected: list[str], wanted: str) -> None:
    joined = join(UNITS, [snippet("Il a déjà réagi, dit-il.", "He has already reacted, he says.")])
    assert expected == missed(score(joined, UNITS), limits(wanted))


@pytest.mark.parametrize("text", ["chrf", "chrf=x", "comet=1", "chrf=nan"])
def test_limits_that_cannot_be_read(text: str) -> None:
    with pytest.raises(InputError):
        limits(text)


HOSTILE = "</title><script>alert(1)</script>\u202e\x00<img src=http://example.org/x>"


def hostile_page() -> str:
    rows = [replace(row, document=f"{HOSTILE}{row.document}") for row in rows_of(2, 3)]
    units = [unit(f"Le site {HOSTILE} {n}.", row.hypothesis, 0, document=row.document, paragraph=n)
             for n, row in enumerate(rows)]  # fmt: skip
    snippets = [Snippet(u.document, u.source, row.reference, n) for n, (u, row) in
                enumerate(zip(units, rows, strict=True))]  # fmt: skip
    joined = join(units, [*snippets, snippet("Absent.", document=HOSTILE)])
    old = [replace(row, hypothesis="It.") for row in joined]
    report = score(joined, units, signature=HOSTILE, baselines=[Baseline(HOSTILE, old)])
    return build(report, title=HOSTILE)


@pytest.mark.slow
def test_a_page_is_text_whatever_the_texts_hold() -> None:
    page = hostile_page()
    assert "<script" not in page
    assert "<img" not in page
    assert page.isprintable() or not set("\u202e\x00") & set(page)
    for said in ("BLEU", "chrF++", "TER", "Against", "Most gained", "Not scored", "p randomised"):
        assert said in page


@pytest.mark.browser
def test_a_page_asks_for_nothing_and_is_seen(show: Any) -> None:
    tab = show(hostile_page().encode("utf-8", "replace"))
    assert 4 == tab.locator("svg[role=img]").count()
    assert all(len(s.get_attribute("aria-label")) > 20 for s in tab.locator("svg").all())
    assert 0 < tab.locator("rect.bar").first.bounding_box()["width"]


def test_equal_ranks_share_their_places() -> None:
    told = agreement([0.0] * 15 + [1.0] * 15, [0.0] * 15 + [1.0] * 15)
    assert told and 1.0 == pytest.approx(told.spearman)
    mixed = agreement([0.0] * 15 + [1.0] * 15, [0.0, 1.0] * 15)
    assert mixed and mixed.pearson == pytest.approx(mixed.spearman)


def test_a_part_of_a_very_long_segment_is_found_at_once() -> None:
    words = " ".join(f"word{n}" for n in range(1500))
    began = process_time()
    assert "word700 word701 word702" == best_window(words, "word700 word701 word702")
    assert 3 > process_time() - began


def test_estimates_are_held_against_scores() -> None:
    targets = ["The site was down on Monday."[: n + 3] for n in range(24)]
    units = [
        unit(f"Phrase numéro {n}.", t, paragraph=n, quality=n / 24) for n, t in enumerate(targets)
    ]
    snippets = [snippet(u.source, "The site was down on Monday.") for u in units]
    found = score(join(units, snippets), units).quality
    assert found and (24, True) == (found.count, found.spearman > 0.9)
    assert score(join(units[:9], snippets[:9]), units[:9]).quality is None
    alike = [replace(u, quality=0.5) for u in units]
    assert score(join(alike, snippets), alike).quality is None


@pytest.mark.slow
def test_a_segment_too_long_for_ter_is_told() -> None:
    long = [Row("a b " * 300, "b a " * 300, "a.txt"), Row("a", "a", "a.txt")]
    units, joined = paired(
        lines_of("\n".join(row.hypothesis for row in long), "hyp"),
        lines_of("\n".join(row.reference for row in long), "ref"),
    )
    report = score(joined, units, baselines=[Baseline("old", joined)])
    assert report.sentences.ter is None
    assert report.sentences.bleu
    assert {"bleu", "chrf"} == set(report.comparisons[0].differences)
    assert any(warning.startswith("no TER") for warning in report.warnings)
    assert "chrF++" in build(report, title="long")
    json.dumps(to_json(report), allow_nan=False)
    nothing = score(joined, units, baselines=[Baseline("old", joined)], metrics=["ter"])
    assert () == nothing.worst
    assert "Nothing to compare" in build(nothing, title="long")
    table = StringIO()
    tabulate(to_json(nothing), table)
    assert "against old" not in table.getvalue()


def test_a_long_corpus_is_counted_in_blocks() -> None:
    from sacrebleu.metrics.bleu import BLEU

    rows = rows_of(3, 7, size=1200)
    whole = BLEU().corpus_score([r.hypothesis for r in rows], [[r.reference for r in rows]])
    assert whole.score == pytest.approx(count(rows, ["bleu"]).value("bleu"), abs=1e-12)
