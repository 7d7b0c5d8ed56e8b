"""The review page: safe to open whatever the texts hold, and at work in a real browser."""

import json
import re
import time
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
from conftest import Show
from hypothesis import given
from hypothesis import strategies as st

from bitext.formats import jsonl
from bitext.review import DocumentView, build
from bitext.review.page import SCRIPTS, inert, part
from bitext.review.rows import browser_offset, unit_row
from bitext.units import (
    Document,
    Drop,
    Enforcement,
    Issue,
    Link,
    TermEntry,
    TermMatch,
    TranslationUnit,
)

SAMPLE = Path(__file__).parent / "data"
PLAIN = TranslationUnit("a:0:0:1", "a", 0, 0, 7, "Bonjour", "Hello", "mt")
HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "<!--<script>",
    "]]></style><b>&lt;&amp;",
    "javascript:window.hacked=1",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "line\u2028paragraph\u2029end",
    "lone \ud800 half, \udc47 half, \ud83d\udc47 both",
    "\0 nul, \x1b escape, \x85 next line, \ufeff, \ufffe, \ufdd0",
    "$title $review ${script} __proto__ constructor",
]


def page_of(*units: TranslationUnit, **options: Any) -> bytes:
    file = BytesIO()
    build(units, file, **{"title": "A title", "signature": "bitext:test"} | options)
    return file.getvalue()


def json_of(page: bytes) -> Any:
    return json.loads(element_text(page, "script", "review"))


def element_text(page: bytes, tag: str, name: str | None = None) -> str:
    """The text of the first such element, as an HTML parser sees it."""

    class Finder(HTMLParser):
        open = False
        text: str | None = None

        def handle_starttag(self, found: str, attrs: list[tuple[str, str | None]]) -> None:
            self.open = found == tag and dict(attrs).get("id") == name and self.text is None
            if self.open:
                self.text = ""

        def handle_endtag(self, found: str) -> None:
            self.open = False

        def handle_data(self, data: str) -> None:
            if self.open:
                self.text = (self.text or "") + data

    finder = Finder(convert_charrefs=True)
    finder.feed(page.decode())
    assert finder.text is not None
    return finder.text


def joined(text: str) -> str:
    """The text as JSON gives it back: two halves of a surrogate pair, side by side, are one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


# ---- What is written ----------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_stays_inside_the_json(text: str) -> None:
    page = page_of(replace(PLAIN, source=text, target=text), title=text, signature=text)
    assert joined(text) == json_of(page)["units"][0]["source"]
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
    assert not re.search("</script|<!--", part(name), re.IGNORECASE)
    assert "innerHTML" not in part(name)


def test_the_same_units_give_the_same_bytes() -> None:
    units, options = sample()
    assert page_of(*units, **options) == page_of(*units, **options)


def test_no_units_are_a_page_too() -> None:
    assert [] == json_of(page_of())["units"]


def test_references_go_to_their_units_and_the_rest_are_counted() -> None:
    shown = json_of(page_of(PLAIN, references={PLAIN.id: "Hi", "other": "Lost"}))
    assert "Hi" == shown["units"][0]["reference"]
    assert 1 == shown["unplaced"]


def test_a_document_gives_its_metadata_and_drops() -> None:
    drop = Drop(1, 0, 8, "Facebook", "share-links")
    document = Document("a", "fr", ("Bonjour\n", "Facebook"), (drop,), {"date": "2021-01"})
    (shown,) = json_of(page_of(PLAIN, documents=[DocumentView.of(document)]))["documents"]
    assert {"date": "2021-01"} == shown["metadata"]
    assert [{"paragraph": 1, "start": 0, "text": "Facebook", "rule": "share-links"}] == shown[
        "drops"
    ]


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
    row = unit_row(unit, None)
    assert [3, 9] == row["terms"][0]["at"]
    assert [0, 6] == row["terms"][0]["found_at"]
    assert ([[0, 2]], [[7, 11]]) == (row["issues"][0]["source"], row["issues"][0]["target"])
    assert [[0, 2, 7, 9]] == row["links"]


def test_unchecked_is_not_the_same_as_without_flags() -> None:
    assert "issues" not in unit_row(PLAIN, None)
    assert [] == unit_row(replace(PLAIN, issues=()), None)["issues"]


def test_a_score_that_json_cannot_say_is_left_out() -> None:
    assert "score" not in unit_row(replace(PLAIN, score=float("-inf")), None)
    assert 0.0 == unit_row(replace(PLAIN, score=0.0), None)["score"]


def test_a_match_that_nothing_checked_says_so() -> None:
    match = TermMatch(TermEntry("Bonjour", "Hello"), 0, 7, "Hello")
    row = unit_row(replace(PLAIN, matches=(match, replace(match, shadowed=True))), None)
    assert ["unchecked", "shadowed"] == [term["outcome"] for term in row["terms"]]


# ---- At work in Chromium --------------------------------------------------------------------


def sample() -> tuple[list[TranslationUnit], dict[str, Any]]:
    """Sentences of the seeds with invented translations, terms and flags; and build's options."""
    with (SAMPLE / "review.jsonl").open("rb") as file:
        units = list(jsonl.read(file))
    plain = json.loads((SAMPLE / "review_documents.json").read_text("utf-8"))
    documents = [
        DocumentView(p["name"], p["metadata"], tuple(Drop(**drop) for drop in p["drops"]))
        for p in plain
    ]
    return units, {"documents": documents, "references": {units[0].id: "Amazon strikes again."}}


def shown_segments(tab: Any) -> int:
    count: int = tab.locator(".row[data-number]:visible").count()
    return count


@pytest.mark.browser
def test_every_text_is_shown_as_it_is(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    for side, texts in (
        ("source", [unit.source for unit in units]),
        ("target", [unit.target for unit in units]),
    ):
        assert texts == tab.evaluate(
            f"[...document.querySelectorAll('.row[data-number] .{side} > .text')]"
            ".map(text => text.textContent)"
        )
    assert "27 segments" == tab.locator("#count").text_content()


@pytest.mark.browser
def test_hostile_texts_do_nothing(show: Show) -> None:
    units = [
        TranslationUnit(
            text,
            text,
            0,
            0,
            len(text),
            text,
            text,
            "mt",
            "constructor",  # type: ignore[arg-type]  # as a damaged file may have it
            matches=(TermMatch(TermEntry(text, text, note=text), 0, 2, text),),
            enforcement=(
                Enforcement("__proto__", text, text, 0, 2, text + "x", text),  # type: ignore[arg-type]
            ),
            issues=(Issue(text, "constructor", text, text, ((0, 999),), ((-3, 1),)),),  # type: ignore[arg-type]
        )
        for text in HOSTILE
    ]
    views = [DocumentView(text, {text: text}, (Drop(9, 0, 1, text, text),)) for text in HOSTILE]
    references = dict(zip(HOSTILE, HOSTILE, strict=True))
    everywhere = {"title": HOSTILE[0], "signature": HOSTILE[1]}
    tab = show(page_of(*units, documents=views, references=references, **everywhere))
    assert len(HOSTILE) == shown_segments(tab)
    for details in tab.locator("details").all():
        details.locator("summary").click()
    for term in tab.locator(".source .term").all():
        term.focus()
    # The JSON and the script; the one link skips to the segments.
    assert [2, 0, 1, "undefined"] == tab.evaluate(
        "[document.scripts.length, document.images.length, document.links.length,"
        " typeof window.hacked]"
    )


@pytest.mark.browser
def test_direction_controls_are_shown_by_name(show: Show) -> None:
    tab = show(page_of(replace(PLAIN, source="photo \u202egnp.exe", target="a\u00a0b")))
    chip = tab.locator(".source .control")
    assert "RLO" == chip.get_attribute("data-label")
    assert "right-to-left override" == chip.get_attribute("title")
    assert "photo \u202egnp.exe" == tab.locator(".source .text").text_content()
    assert 1 == tab.locator(".target .nobreak").count()


@pytest.mark.browser
def test_the_title_is_shown_once_with_its_controls_named(show: Show) -> None:
    title = "photo \u202egnp.exe"
    assert title == show(page_of(PLAIN, title=title)).locator("h1").text_content()


@pytest.mark.browser
def test_a_segment_of_a_megabyte_loads(show: Show) -> None:
    text = "<b>\u202e\u202d" * 200_000
    tab = show(page_of(replace(PLAIN, source=text, target="\u202e" * 1_000_000)))
    assert len(text) == tab.evaluate("document.querySelector('.source .text').textContent.length")
    bare = "[...document.querySelectorAll('.target .block')].filter(b => !b.firstElementChild)"
    assert [] == tab.evaluate(bare)


@pytest.mark.browser
def test_search_and_filters_change_what_is_shown(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.keyboard.press("/")
    tab.keyboard.type("HEBERGEMENT")
    tab.wait_for_function("document.getElementById('count').textContent.includes(' of ')")
    hits = sum("hébergement" in unit.source for unit in units)
    assert hits == shown_segments(tab)
    assert f"{hits} of 27 segments" == tab.locator("#count").text_content()
    tab.keyboard.press("Escape")
    assert 27 == shown_segments(tab)
    for name, expected in {
        "flags": sum(bool(unit.issues) for unit in units),
        "unverified": sum(
            any(e.outcome in ("unenforced", "ambiguous") for e in unit.enforcement)
            for unit in units
        ),
        "terms": sum(any(not m.shadowed for m in unit.matches) for unit in units),
        "reference": 1,
    }.items():
        box = tab.locator(f"input[name={name}]")
        box.check()
        assert (name, expected) == (name, shown_segments(tab))
        box.uncheck()
    tab.select_option("#document", label=units[-1].document)
    assert sum(u.document == units[-1].document for u in units) == shown_segments(tab)


@pytest.mark.browser
def test_a_search_without_hits_says_so(show: Show) -> None:
    tab = show(page_of(PLAIN))
    tab.fill("#search", "zzz")
    tab.locator("#nothing").wait_for(state="visible")
    assert 0 == shown_segments(tab)


@pytest.mark.browser
def test_no_units_are_shown_as_none(show: Show) -> None:
    tab = show(page_of())
    assert "There are no segments in this file." == tab.locator("#nothing").text_content()


@pytest.mark.browser
def test_keys_move_and_stay_out_of_the_search_box(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    current = "document.querySelector('.row.current')?.dataset.number ?? ''"
    for key, expected in (("j", "1"), ("j", "2"), ("k", "1"), ("n", "2"), ("n", "6")):
        tab.keyboard.press(key)
        assert expected == tab.evaluate(current)
    tab.focus("#search")
    tab.keyboard.type("jkn?")
    assert "6" == tab.evaluate(current)
    assert "jkn?" == tab.input_value("#search")
    tab.keyboard.press("Escape")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()


@pytest.mark.browser
def test_a_term_shows_its_card_on_focus_and_its_counterpart(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.locator("#segment-5 .source .term").first.focus()
    card = tab.locator("#card")
    card.wait_for(state="visible")
    assert "directeur général → chief executive" == card.locator(".pair").text_content()
    assert "Verified after repair" in card.locator(".outcome").text_content()
    assert ["chief executive"] == tab.locator("#segment-5 .target .lit").all_text_contents()
    tab.keyboard.press("Escape")
    card.wait_for(state="hidden")


@pytest.mark.browser
def test_a_repair_shows_the_words_that_changed(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.locator("#segment-5 summary").click()
    assert "managing director " == tab.locator("#segment-5 del").text_content()
    assert "chief executive " == tab.locator("#segment-5 ins").text_content()


@pytest.mark.browser
def test_linked_words_light_up_on_both_sides(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.locator("#segment-3 .target .text").hover(position={"x": 20, "y": 12})
    assert ["Amazon", "Amazon"] == tab.evaluate("[...CSS.highlights.get('linked')].map(String)")


@pytest.mark.browser
def test_dropped_text_stands_greyed_in_its_place(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    drops = tab.locator(".drop:visible")
    assert sum(len(view.drops) for view in options["documents"]) == drops.count()
    first = drops.first
    assert "Share on facebook" == first.locator(".source").text_content()
    assert "Not translated share-links" == first.locator(".target").text_content()
    assert "segment-14" == first.evaluate("drop => drop.previousElementSibling.id")
    colours = "drop => [drop, document.body].map(e => getComputedStyle(e).color)"
    assert 2 == len(set(first.evaluate(colours)))
    tab.locator("input[name=drops]").uncheck()
    assert 0 == drops.count()


@pytest.mark.browser
def test_ten_thousand_segments_load(show: Show) -> None:
    units, _ = sample()
    many = (
        replace(unit, document=f"{n // 500}", paragraph=n % 500)
        for n, unit in enumerate(islice(cycle(units), 10_000))
    )
    page = page_of(*many)
    start = time.perf_counter()
    tab = show(page)
    print(f"10,000 segments ({len(page) / 1e6:.1f} MB) in {time.perf_counter() - start:.2f} s")
    assert "10,000 segments" == tab.locator("#count").text_content()
