"""A reviewer at work on the page, in a real browser: nothing is lost, and everything goes back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Show
from review_pages import PLAIN, page_of, sample, until

from bitext.formats import tmx, tsv
from bitext.qa import checked
from bitext.review import Report, merge, read
from bitext.units import Issue, TermEntry, TermMatch, TranslationUnit

pytestmark = pytest.mark.browser

Export = Callable[[Any, str], bytes]


@pytest.fixture
def export(tmp_path: Path) -> Iterator[Export]:
    """What the page's own export gives, by its suffix."""

    def exported(tab: Any, suffix: str) -> bytes:
        if not tab.locator("#export").is_visible():
            tab.locator("#export-button").click()
        with tab.expect_download() as waiting:
            tab.locator(f"[data-export={suffix}]").click()
        tab.locator("#export .close").click()
        place = tmp_path / f"export.{suffix}"
        waiting.value.save_as(place)
        return place.read_bytes()

    yield exported


def named(number: int, source: str, target: str, **more: Any) -> TranslationUnit:
    unit = replace(PLAIN, id=f"a:{number}:0:0000000{number}", paragraph=number)
    return replace(unit, source=source, target=target, **more)


def press(tab: Any, *keys: str) -> None:
    for key in keys:
        tab.keyboard.press(key)


def text_of(tab: Any, number: int) -> str:
    text: str = tab.locator(f"#segment-{number} .target > .text").text_content()
    return text


def status_of(tab: Any, number: int) -> str:
    status: str = tab.locator(f"#segment-{number}").get_attribute("data-status")
    return status


def test_from_typing_to_the_merged_record(show: Show, export: Export) -> None:
    units, options = sample()
    page = page_of(*units, **options)
    tab = show(page)
    press(tab, "j", "Enter", "Control+a")
    tab.keyboard.insert_text("Amazon has struck Parler again.")
    press(tab, "Control+Enter")
    assert "approved" == status_of(tab, 1)
    assert "segment-2" == tab.locator(".row.current").get_attribute("id")
    press(tab, "x", "u")
    assert "untouched" == status_of(tab, 2)
    press(tab, "x", "c")
    tab.keyboard.type("Who says so?")
    press(tab, "Escape")
    until(tab, "document.getElementById('saved').textContent")
    tab.reload()
    assert "Amazon has struck Parler again." == text_of(tab, 1)
    assert ["approved", "rejected"] == [status_of(tab, 1), status_of(tab, 2)]
    assert "Who says so?" == tab.locator("#segment-2 .comment-text").text_content()

    in_tmx = {unit.id: unit for unit in tmx.read(BytesIO(export(tab, "tmx")))}
    first = in_tmx[units[0].id]
    assert ("Amazon has struck Parler again.", "approved", "human") == (
        first.target, first.status, first.origin
    )  # fmt: skip
    report = Report()
    merged = list(merge(units, [read(BytesIO(export(tab, "json")))], report))
    assert (2, []) == (report.merged, report.conflicts)
    assert ("Amazon has struck Parler again.", "approved") == (merged[0].target, merged[0].status)
    assert ("rejected", "Who says so?") == (merged[1].status, merged[1].comment)
    assert units[2:] == merged[2:]


def test_every_export_holds_every_segment(show: Show, export: Export) -> None:
    from lxml import etree

    hostile = '<b> & "quotes" \x1b ]]> \u202e \U0001f447 tab\there'
    units = [named(0, hostile, hostile), named(1, "Oui.", "Yes.", status="approved", score=-0.5)]
    tab = show(page_of(*units))
    shown = hostile.replace("\x1b", "\ufffd")
    assert [shown, "Oui."] == [u.source for u in tmx.read(BytesIO(export(tab, "tmx")))]
    assert units == [replace(u, end=7) for u in tsv.read(BytesIO(export(tab, "tsv")))]
    root = etree.fromstring(export(tab, "xlf"))
    name = "{urn:oasis:names:tc:xliff:document:1.2}"
    assert [shown, "Yes."] == [target.text for target in root.iter(f"{name}target")]
    assert ["no", "yes"] == [unit.get("approved") for unit in root.iter(f"{name}trans-unit")]
    tab.locator("#export-button").click()
    tab.locator("#approved-only").check()
    assert ["Oui."] == [u.source for u in tmx.read(BytesIO(export(tab, "tmx")))]


def test_the_tmx_of_the_page_is_what_the_command_line_writes(show: Show, export: Export) -> None:
    from lxml import etree

    units, options = sample()
    ours = BytesIO()
    tmx.write(units, ours, signature="bitext:test")
    trees = [
        etree.fromstring(text)
        for text in (ours.getvalue(), export(show(page_of(*units, **options)), "tmx"))
    ]
    for tree in trees:
        for extra in tree.xpath("//prop[@type='x-term']"):
            extra.getparent().remove(extra)
    one, other = (etree.tostring(tree, method="c14n2", strip_text=True) for tree in trees)
    assert one == other


def test_a_page_that_is_killed_has_saved_what_was_typed(show: Show) -> None:
    tab = show(page_of(PLAIN))
    press(tab, "j", "e")
    tab.keyboard.type(" there")
    until(tab, "Object.keys(localStorage).length > 0")
    again = tab.context.new_page()
    tab.close(run_before_unload=False)
    again.goto(tab.url)
    assert "Hello there" == text_of(again, 1)


def test_another_document_has_edits_of_its_own(show: Show) -> None:
    tab = show(page_of(PLAIN))
    press(tab, "j", "a")
    until(tab, "Object.keys(localStorage).length > 0")
    other = show(page_of(replace(PLAIN, target="Good day")))
    assert "untouched" == status_of(other, 1)


DAMAGED = [
    "{",
    "null",
    "7",
    '{"target":7}',
    '{"status":"perfect"}',
    '{"dismissed":4}',
    '{"dismissed":[4]}',
    '{"marks":[null]}',
    '{"marks":[{"category":"x"}]}',
]


def test_damaged_records_are_passed_over(show: Show) -> None:
    page = page_of(PLAIN)
    tab = show(page)
    key = tab.evaluate("PREFIX")
    for name in ("0", "1", "x", "-1"):
        for text in DAMAGED:
            tab.evaluate("([key, text]) => localStorage.setItem(key, text)", [key + name, text])
            tab.reload()
            assert "untouched" == status_of(tab, 1)


def test_a_click_makes_current_and_another_edits(show: Show) -> None:
    tab = show(page_of(PLAIN))
    text = tab.locator("#segment-1 .target > .text")
    text.click()
    assert 0 == tab.locator(".editor").count()
    text.click(position={"x": 2, "y": 10})
    assert 0 == tab.locator(".editor").evaluate("area => area.selectionStart")
    tab.keyboard.type("Oh, ")
    press(tab, "Escape")
    assert "Oh, Hello" == text_of(tab, 1)


def test_an_edit_goes_into_identical_sentences_and_back(show: Show) -> None:
    same = [named(n, "Oui.", "Yea.") for n in range(3)]
    done = named(3, "Oui.", "Aye.", status="approved")
    tab = show(page_of(*same, done))
    press(tab, "j", "Enter", "Control+a")
    tab.keyboard.insert_text("Yes.")
    press(tab, "Escape")
    assert ["Yes."] * 3 + ["Aye."] == [text_of(tab, n) for n in (1, 2, 3, 4)]
    assert ["draft"] * 3 + ["approved"] == [status_of(tab, n) for n in (1, 2, 3, 4)]
    assert "2 identical segments" in tab.locator("#toast").text_content()
    press(tab, "u")
    assert ["Yea."] * 3 == [text_of(tab, n) for n in (1, 2, 3)]
    press(tab, "U")
    assert ["Yes."] * 3 == [text_of(tab, n) for n in (1, 2, 3)]


def test_approving_what_is_shown_is_one_step(show: Show) -> None:
    units = [named(n, f"Phrase {n}", f"Phrase {n}") for n in range(4)]
    tab = show(page_of(*units[:3], replace(units[3], target="Other")))
    press(tab, "j", "x")
    tab.fill("#search", "phrase")
    tab.evaluate("filterRows()")
    tab.locator("#document, #status").first.evaluate("box => box.blur()")
    tab.locator("#approve-shown").click()
    tab.fill("#search", "")
    tab.evaluate("filterRows()")
    states = lambda: [status_of(tab, n) for n in (1, 2, 3, 4)]  # noqa: E731
    assert ["rejected", "approved", "approved", "approved"] == states()
    tab.locator("#toast-undo").click()
    assert ["rejected", "untouched", "untouched", "untouched"] == states()


def test_the_checks_run_on_what_is_typed(show: Show) -> None:
    parler = TermMatch(TermEntry("Parler", "Parler", "dnt"), 0, 6, "Parler")
    unit = named(0, "Parler compte 98 messages.", "Parler has 89 posts.", matches=(parler,))
    wrong = Issue("numbers", "major", "98 has become 89", "accuracy/mistranslation")
    tab = show(page_of(replace(unit, issues=(wrong,))))
    flags = lambda: tab.locator("#segment-1 .issue .message").all_text_contents()  # noqa: E731
    assert ["98 has become 89"] == flags()
    press(tab, "j", "Enter", "Control+a")
    tab.keyboard.insert_text("Parler has 98 posts.")
    assert [] == flags()
    press(tab, "Control+a")
    tab.keyboard.insert_text("They have 98 posts.")
    assert ["Parler: should be Parler"] == flags()
    press(tab, "Escape", "u")
    assert ["98 has become 89"] == flags()


def test_a_flag_is_dismissed_here_or_everywhere(show: Show, export: Export) -> None:
    name = Issue("untranslated", "minor", "French, or a name? Wozniak")
    units = [named(n, f"Source {n}", f"Target {n}", issues=(name,)) for n in range(3)]
    tab = show(page_of(*units))
    issues = tab.locator(".issue:not(.own)")
    press(tab, "j", "d")
    assert 2 == issues.count()
    press(tab, "u")
    assert 3 == issues.count()
    press(tab, "D")
    assert 0 == issues.count()
    until(tab, "document.querySelector('#filters small').textContent === '0'")
    merged = list(merge(units, [read(BytesIO(export(tab, "json")))], Report()))
    assert [()] * 3 == [unit.issues for unit in merged]
    tab.locator("#segment-2 .dismissed button").click()
    assert 3 == issues.count()


def test_a_suggestion_is_taken_with_a_key(show: Show) -> None:
    tab = show(page_of(checked(named(0, "Il a dit « oui » !", "He said « yes » !"))))
    press(tab, "j", ".", ".")
    assert "He said “yes”!" == text_of(tab, 1)
    press(tab, "u", "u")
    assert "He said « yes » !" == text_of(tab, 1)


def test_words_are_marked_as_an_error(show: Show, export: Export) -> None:
    unit = named(0, "Oui \U0001f447 non", "Yes \U0001f447 nope")
    tab = show(page_of(unit))
    press(tab, "j")
    tab.evaluate("""() => {
      const text = document.querySelector('.target > .text').firstChild;
      getSelection().setBaseAndExtent(text, 7, text, 11);
    }""")
    press(tab, "m")
    assert "“nope”" == tab.locator("#mark-text").text_content()
    tab.select_option("#mark-category", "style/register")
    tab.locator("input[name=severity][value=minor]").check()
    tab.fill("#mark-note", "too casual")
    tab.keyboard.press("Enter")
    tab.locator(".issue.own").wait_for()
    press(tab, "m", "Escape", "m")
    tab.locator("#mark-close").click()
    tab.wait_for_timeout(100)
    [merged] = merge([unit], [read(BytesIO(export(tab, "json")))], Report())
    [issue] = merged.issues or ()
    assert ("style/register", "minor", "too casual") == (
        issue.category,
        issue.severity,
        issue.message,
    )
    assert ["nope"] == [merged.target[slice(*span)] for span in issue.target_spans]


def test_find_and_replace_counts_and_goes_back(show: Show) -> None:
    units = [
        named(0, "Un", "The cafe, the CAFÉ"),
        named(1, "Deux", "A café"),
        named(2, "Trois", "Tea"),
    ]
    tab = show(page_of(*units))
    press(tab, "r")
    tab.fill("#search", "café")
    until(tab, "document.getElementById('hits').textContent.startsWith('3 hits in 2')")
    tab.locator("#exact").check()
    assert "1 hit in 1 translation" == tab.locator("#hits").text_content()
    tab.locator("#exact").uncheck()
    tab.fill("#replacement", "bar")
    tab.keyboard.press("Enter")
    assert ["The bar, the bar", "A bar"] == [text_of(tab, n) for n in (1, 2)]
    tab.locator("#toast-undo").click()
    assert ["The cafe, the CAFÉ", "A café"] == [text_of(tab, n) for n in (1, 2)]


def test_no_letter_acts_while_one_types_or_composes(show: Show) -> None:
    tab = show(page_of(named(0, "Un", "One"), named(1, "Deux", "Two")))
    press(tab, "j", "Enter")
    tab.keyboard.type("jkxau?n/")
    assert "Onejkxau?n/" == tab.locator(".editor").input_value()
    tab.locator(".editor").evaluate(
        "area => area.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Escape', isComposing: true, bubbles: true}))"
    )
    assert tab.locator(".editor").is_visible()
    press(tab, "Escape")
    assert 0 == tab.locator(".editor").count()
    tab.locator("#segment-1").focus()
    tab.evaluate("document.getElementById('single').checked = false")
    press(tab, "x")
    assert "draft" == status_of(tab, 1)


def test_the_help_names_every_key(show: Show) -> None:
    tab = show(page_of(PLAIN))
    press(tab, "?")
    named_keys = set(tab.locator("#keys kbd").all_text_contents())
    assert set(tab.evaluate("Object.keys(actions)")) <= named_keys
    press(tab, "Escape")
    assert not tab.locator("#help").is_visible()


def test_what_is_far_away_can_be_reached_and_edited(show: Show) -> None:
    units = [named(n % 10, f"Phrase numéro {n}.", f"Sentence {n}.") for n in range(2000)]
    units = [replace(u, id=f"{n}", paragraph=n) for n, u in enumerate(units)]
    tab = show(page_of(*units))
    assert tab.locator(".row[data-number]").count() < 100
    tab.evaluate("goTo(rowItems[1500])")
    assert tab.locator("#segment-1501").is_visible()
    press(tab, "Enter")
    tab.keyboard.type(" Far.")
    tab.evaluate("scrollTo(0, 0)")
    until(tab, "!document.getElementById('segment-1501')")
    press(tab, "k", "j")
    assert "Sentence 1500. Far." == text_of(tab, 1501)
    tab.fill("#search", "numero 1777.")
    tab.locator("#segment-1778").wait_for()
    assert "1 of 2,000 segments" == tab.locator("#count").text_content()


def test_exported_edits_are_plain_json(show: Show, export: Export) -> None:
    tab = show(page_of(PLAIN, title="Été </script>"))
    press(tab, "j", "a")
    plain = json.loads(export(tab, "json"))
    assert ("Été </script>", 1) == (plain["title"], plain["bitext_edits"])
    assert [
        {
            "id": "a:0:0:1",
            "document": "a",
            "source": "Bonjour",
            "before": "Hello",
            "status": "approved",
        }
    ] == plain["edits"]
