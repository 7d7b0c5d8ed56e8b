"""The review page for everybody: axe finds nothing in any state, and the HTML is valid."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

import pytest
from conftest import Show
from review_pages import page_of, sample
from tinyhtml5.parser import HTMLParser as StrictParser

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(tab: Any) -> list[tuple[str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(tab, options={"runOnly": RULES})
    return [(found["id"], found["nodes"][0]["html"]) for found in results.response["violations"]]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing(show: Show, width: int, scheme: str) -> None:
    units, options = sample()
    units = units[:8]  # axe takes seconds for each dozen rows
    baseline = {unit.id: f"{unit.target} Otherwise." for unit in units}
    tab = show(page_of(*units, **options, baseline=baseline))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    states = {
        "as it opens": (),
        "decided": ("j", "a", "j", "x", "c", "H", "m", "Escape", "d"),
        "being edited": ("j", "Enter", "4", "2"),
        "replacing": ("Escape", "r"),
        "marking": ("Escape", "Tab", "j", "m"),
        "exporting": ("Escape", "s"),
        "help": ("Escape", "?"),
    }
    for state, keys in states.items():
        for key in keys:
            tab.keyboard.press(key)
        tab.wait_for_timeout(50)
        assert (state, []) == (state, violations(tab))
    assert tab.locator("#help").is_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_nothing_is_wider_than_the_window(show: Show, width: int) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    assert width >= tab.evaluate("document.documentElement.scrollWidth")


def test_the_html_is_valid() -> None:
    units, options = sample()
    page = page_of(*units, **options).decode()
    parser = StrictParser()
    parser.parse(page)
    assert [] == parser.errors
    assert [] == [name for name, times in ids(page).items() if times > 1]


def ids(page: str) -> Counter[str]:
    found: Counter[str] = Counter()

    class Finder(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update(value for name, value in attrs if name == "id" and value)

    Finder().feed(page)
    return found


def test_right_to_left_turns_the_page(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*units, **options))
    tab.evaluate("document.documentElement.dir = 'rtl'")
    left = "document.querySelector('#segment-1 .{}').getBoundingClientRect().left"
    assert tab.evaluate(f"{left.format('source')} > {left.format('target')}")
    assert 1440 >= tab.evaluate("document.documentElement.scrollWidth")


def test_print_shows_every_segment_and_no_tools(show: Show) -> None:
    units, options = sample()
    tab = show(page_of(*(units * 20), **options))
    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert len(units) * 20 == tab.locator(".row[data-number]").count()
    assert not tab.locator("#bar").is_visible()
