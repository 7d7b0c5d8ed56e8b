"""The five articles, with the built-in model, all the way: what the project promises."""

import re
import subprocess
from pathlib import Path

import omegat
import pytest

from bitext import pipeline, runs
from bitext.enforce import held
from bitext.engines import Request
from bitext.engines.opening import choose, open_engine
from bitext.formats import jsonl
from bitext.text import normalise, typeset, typography

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    place = tmp_path_factory.mktemp("seeds") / "out"
    events = list(runs.run(runs.Job((SEEDS,), place, model="builtin")))
    assert () == events[-1].failures
    return place


@pytest.fixture(scope="module")
def units(out):
    with (out / "units.jsonl").open("rb") as file:
        return list(jsonl.read(file))


def test_every_term_is_verified(units):
    outcomes = [e.outcome for unit in units for e in unit.enforcement]
    assert 89 == len(outcomes)
    assert {"right", "enforced"} >= set(outcomes)


def test_what_is_reported_stands_in_the_text(units):
    for unit in units:
        for match, entry in zip(unit.matches, unit.enforcement, strict=True):
            assert entry.found == unit.target[entry.start : entry.end]
            assert match.required.lower() == entry.found.lower()


def test_no_two_occurrences_share_a_rendering(units):
    for unit in units:
        spans = [(e.start, e.end) for e in unit.enforcement if e.start >= 0]
        assert len(set(spans)) == len(spans)


def test_nothing_is_over_applied(units):
    for unit in units:
        asked = sum(m.required == "Parler" for m in unit.matches)
        assert len(re.findall(r"\bParler\b", unit.target)) <= max(asked, 0)
        assert not any(issue.check == "over_applied" for issue in unit.issues)


def test_the_verb_and_the_parleys_are_left_alone(units):
    [verb] = [unit for unit in units if "parler librement" in unit.source]
    [parleys] = [unit for unit in units if "parleys" in unit.source]
    assert ["à Parler,"] == [verb.source[m.start - 2 : m.end + 1] for m in verb.matches]
    assert 1 == len(parleys.matches)


def test_the_squads_fire(units):
    [unit] = [unit for unit in units if "pelotons" in unit.source]
    assert "firing squads" in unit.target


def test_sentences_without_terms_are_as_without_a_glossary(units):
    plain = [unit for unit in units if not unit.matches]
    style = {path.name: typography(path.read_text("utf-8")) for path in SEEDS.glob("*.txt")}
    engine = open_engine(choose(model="builtin"), wrap=held)
    offered = engine.translate([Request(normalise(unit.source).text) for unit in plain])
    for unit, [hypothesis] in zip(plain, offered, strict=True):
        assert typeset(hypothesis.text, style[unit.document]) == unit.target


def test_links_lie_within_the_raw_texts(units):
    for unit in units:
        for link in unit.links:
            assert 0 <= link.source_start < link.source_end <= len(unit.source)
            assert 0 <= link.target_start < link.target_end <= len(unit.target)


@pytest.mark.omegat
def test_omegat_applies_every_segment(out, units, schemas, tmp_path):
    segments = [unit.source for unit in units]
    project = tmp_path / "project"
    total, remaining, problems = omegat.remaining(project, segments, out / "corpus.tmx")
    assert ([], 0) == (problems, remaining)
    assert total > 140  # sentences that occur twice count once


@pytest.mark.omegat
@pytest.mark.parametrize(
    ("option", "grammar"), [("--dtdvalid", "tmx14.dtd"), ("--schema", "tmx14.xsd")]
)
def test_the_tmx_is_valid(out, schemas, option, grammar):
    command = ["xmllint", "--noout", "--nonet", option, schemas / grammar, out / "corpus.tmx"]
    assert 0 == subprocess.run(command, timeout=60).returncode


@pytest.mark.browser
def test_the_review_page_shows_every_unit(out, units, show):
    tab = show((out / "review.html").read_bytes())
    rows = ".row[data-number]"
    assert len(units) == tab.locator(rows).count()
    assert [unit.target for unit in units] == tab.evaluate(
        f"[...document.querySelectorAll('{rows} .target > .text')].map(t => t.textContent)"
    )


def test_a_line_translates_as_the_sentence_does(units):
    """`bitext translate` and `bitext run` agree where no term and no context is at stake."""
    lines = [u.source for u in units if not u.matches and "\n" not in u.source][:20]
    engine = open_engine(choose(model="builtin"))
    style = typography("\n".join(lines))
    [*together] = pipeline.translate_lines(lines, engine)
    for line, target in zip(lines, together, strict=True):
        [hypothesis] = engine.translate([Request(normalise(line).text)])[0]
        assert typeset(hypothesis.text, style) == target
