"""The review page in a real browser: what it shows, and finding one's way in it."""

import time
from dataclasses import replace
from itertools import cycle, islice
from typing import Any

import pytest
from conftest import Show
from review_pages import HOSTILE, PLAIN, page_of, sample, until

from bitext.review import DocumentView
from bitext.units import Drop, Enforcement, Issue, TermEntry, TermMatch, TranslationUnit

pytestmark = pytest.mark.browser


def shown_segments(tab: Any) -> int:
    count: int = tab.locator(".row[data-number]:visible").count()
    return count


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
    # The JSON of units, index and rules, and the script; the one link skips to the segments.
    assert [4, 0, 1, "undefined"] == tab.evaluate(
        "[document.scripts.length, document.images.length, document.links.length,"
        " typeof window.hacked]"
    )


def test_direction_controls_are_shown_by_name(show: Show) -> None:
    tab = show(page_of(replace(PLAIN, source="photo \u202egnp.exe", target="a\u00a0b")))
    chip = tab.locator(".source .control")
    assert "RLO" == chip.get_attribute("data-label")
    assert "right-to-left override" == chip.get_attribute("title")
    assert "photo \u202egnp.exe" == tab.locator(".source .text").text_content()
    assert 1 == tab.locator(".target .nobreak").count()


def test_the_title_is_shown_once_with_its_controls_named(show: Show) -> None:
    title = "photo \u202egnp.exe"
    assert title == show(page_of(PLAIN, title=title)).locator("h1").text_content()


def test_a_segment_of_a_megabyte_loads(show: Show) -> None:
    text = "<b>\u202e\u202d" * 200_000
    tab = show(page_of(replace(PLAIN, source=text, target="\u202e" * 1_000_000)))
    assert len(text) == tab.evaluate("document.querySelector('.source .text').textContent.length")
    bare = "[...document.querySelectorAll('.target .block')].filter(b => !b.firstElementChild)"
    assert [] == tab.evaluate(bare)


def test_search_and_filters_change_what_is_shown(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.keyboard.press("/")
    tab.keyboard.type("HEBERGEMENT")
    until(tab, "document.getElementById('count').textContent.includes(' of ')")
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


def test_a_search_without_hits_says_so(show: Show) -> None:
    tab = show(page_of(PLAIN))
    tab.fill("#search", "zzz")
    tab.locator("#nothing").wait_for(state="visible")
    assert 0 == shown_segments(tab)


def test_no_units_are_shown_as_none(show: Show) -> None:
    tab = show(page_of())
    assert "There are no segments in this file." == tab.locator("#nothing").text_content()


def test_keys_move_and_stay_out_of_the_search_box(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    current = "String(current?.number ?? '')"
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


def test_a_repair_shows_the_words_that_changed(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.locator("#segment-5 summary").click()
    assert "managing director " == tab.locator("#segment-5 del").text_content()
    assert "chief executive " == tab.locator("#segment-5 ins").text_content()


def test_a_baseline_and_a_reference_are_compared_word_by_word(show: Show) -> None:
    old, reference = {PLAIN.id: "Hullo"}, {PLAIN.id: "Hello you"}
    tab = show(page_of(PLAIN, baseline=old, references=reference))
    assert ["Hullo", "Hello"] == tab.locator(".baseline :is(del, ins)").all_text_contents()
    assert "Hello you" == tab.locator(".reference .text").text_content()
    tab.locator("input[name=compare]").check()
    assert ["Hello", "Hello you"] == tab.locator(".reference :is(del, ins)").all_text_contents()
    assert "1" == tab.locator("#filters label:has([name=baseline]) small").text_content()


def test_numbers_that_say_the_same_light_up(show: Show) -> None:
    tab = show(page_of(replace(PLAIN, source="23 h 59", target="11:59 p.m.")))
    tab.locator(".source > .text").hover(position={"x": 10, "y": 12})
    lit = tab.evaluate("[...CSS.highlights.get('linked')].map(String)")
    assert ["23 h 59", "11:59 p.m."] == lit


def test_linked_words_light_up_on_both_sides(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.locator("#segment-3 .target .text").hover(position={"x": 20, "y": 12})
    assert ["Amazon", "Amazon"] == tab.evaluate("[...CSS.highlights.get('linked')].map(String)")


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
