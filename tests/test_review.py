"""The review page as it is written: safe to open, whatever the texts hold."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from review_pages import HOSTILE, PLAIN, element_text, joined, json_of, page_of, sample

from bitext.enforce import STRATEGIES
from bitext.review import DocumentView
from bitext.review.page import SCRIPTS, inert, part
from bitext.review.rows import browser_offset, unit_row
from bitext.units import Document, Drop, Enforcement, Issue, Link, TermEntry, TermMatch  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_inside_the_json(text: str) -> None:
    page = page_of(replace(PLAIN, source=text, target=text), title=text, signature=text)
    assert joined(text) == json_of(page)["units"][0][4]
    assert joined(text) == json_of(page)["signature"]
    assert page_of(PLAIN).count(b"<script") == page.count(b"<script")


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_any_text_is_written_safely_and_read_back(text: str) -> None:
    written = inert(text)
    assert joined(text) == json.loads(written)
    assert None is re.search("[<>&\u2028\u2029\u202a-\u202e]", written)
    written.encode()


def test_the_title_is_text() -> None:
    page = page_of(PLAIN, title="</title><script>window.hacked=1</script>\0$style")
    assert "</title><script>window.hacked=1</script>\ufffd$style" == element_text(page, "title")


def test_the_policy_names_the_very_script_and_style() -> None:
    page = page_of(PLAIN)
    (policy,) = re.findall(rb'Content-Security-Policy" content="([^"]*)"', page)
    assert policy.startswith(b"default-src 'none'; ")
    for tag in ("script", "style"):
        digest = b64encode(sha256(element_text(page, tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy.decode()
    assert b"unsafe" not in policy


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_script_ends_its_own_element(name: str) -> None:
    code = part(f"script/{name}")
    assert not re.search("</script|<!--", code, re.IGNORECASE)
    assert not re.search("innerHTML|outerHTML|insertAdjacentHTML|eval\\(|fetch\\(", code)


def test_the_same_units_give_the_same_bytes() -> None:
    units, options = sample()
    assert page_of(*units, **options) == page_of(*units, **options)


def test_no_units_are_a_page_too() -> None:
    assert [] == json_of(page_of())["units"]


def test_references_go_to_their_units_and_the_rest_are_counted() -> None:
    shown = json_of(page_of(PLAIN, references={PLAIN.id: "Hi", "other": "Lost"}))
    assert "Hi" == shown["units"][0][6]["reference"]
    assert 1 == shown["unplaced"]


def test_a_document_gives_its_metadata_and_drops() -> None:
    drop = Drop(1, 0, 8, "Facebook", "share-links")
    document = Document("a", "fr", ("Bonjour\n", "Facebook"), (drop,), {"date": "2021-01"})
    (shown,) = json_of(page_of(PLAIN, documents=[DocumentView.of(document)]))["documents"]
    assert {"date": "2021-01"} == shown["metadata"]
    [shown_drop] = shown["drops"]
    assert (None, 1, "Facebook") == tuple(shown_drop[k] for k in ("before", "paragraph", "text"))
    assert "share-links" == shown_drop["rule"]


@pytest.mark.parametrize(
    ("expected", "text", "offset"),
    [(-1, "a", -1), (2, "abc", 2), (2, "👇b", 1), (4, "👇👇", 2)],
)
def test_offsets_are_counted_as_browsers_count(expected: int, text: str, offset: int) -> None:
    assert expected == browser_offset(text)(offset)


def test_spans_are_moved_past_an_emoji_on_their_own_side() -> None:
    unit = replace(
        PLAIN,
        source="👇 Parler",
        target="Parler 👇👇",
        matches=(TermMatch(TermEntry("Parler", "Parler", "dnt"), 2, 8, "Parler"),),
        enforcement=(Enforcement("right", "plain", "Parler", 0, 6),),
        issues=(Issue("emoji", "minor", "two for one", "", ((0, 1),), ((7, 9),)),),
        links=(Link(0, 1, 7, 8),),
    )
    row = unit_row(unit)[6]
    assert [3, 9] == row["terms"][0]["at"]
    assert [0, 6] == row["terms"][0]["found"]
    assert ([[0, 2]], [[7, 11]]) == (row["issues"][0]["source"], row["issues"][0]["target"])
    assert [0, 2, 7, 2] == row["links"]


def test_unchecked_is_not_the_same_as_without_flags() -> None:
    assert 6 == len(unit_row(PLAIN))
    assert [] == unit_row(replace(PLAIN, issues=()))[6]["issues"]


def test_a_score_that_json_cannot_say_is_left_out() -> None:
    assert 6 == len(unit_row(replace(PLAIN, score=float("-inf"))))
    assert 0.0 == unit_row(replace(PLAIN, score=0.0))[6]["score"]


def test_quality_and_suggestions_go_along() -> None:
    issue = Issue("spacing", "minor", "a space too many", "", (), ((1, 2),), ("",))
    more = unit_row(replace(PLAIN, quality=0.55, issues=(issue,)))[6]
    assert (0.55, [""]) == (more["quality"], more["issues"][0]["fixes"])


def test_a_match_that_nothing_checked_says_so() -> None:
    match = TermMatch(TermEntry("Bonjour", "Hello"), 0, 7, "Hello")
    row = unit_row(replace(PLAIN, matches=(match, replace(match, shadowed=True))))[6]
    assert ["unchecked", "shadowed"] == [term["outcome"] for term in row["terms"]]


@pytest.mark.parametrize("how", ["plain", "memory", "human", *STRATEGIES])
def test_the_page_has_words_for_every_way_to_enforce_a_term(how: str) -> None:
    ways = part("script/wording.js").partition("const WAYS = {")[2].partition("};")[0]
    assert re.search(rf"^  (?:{how}|\"{how}\"): \"", ways, re.MULTILINE)
