"""
The picture of the review page in the README.

python scripts/picture_review.py RECORD docs/review.png

RECORD is the units.jsonl of a run over seeds/. Chromium takes the picture, after a reviewer's
first steps.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bitext.runs.reviewing import write_page

SEEDS = Path(__file__).parent.parent / "seeds"


def main(record: str, picture: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "review.html"
        with Path(record).open("rb") as units, page.open("wb") as file:
            write_page(units, file, name=record, references=SEEDS / "references.tsv")
        with sync_playwright() as playwright:
            place = shutil.which("chromium") or "/usr/bin/chromium"
            chromium = playwright.chromium.launch(executable_path=place, args=["--no-sandbox"])
            tab = chromium.new_page(viewport={"width": 1360, "height": 860})
            tab.goto(page.as_uri())
            work(tab)
            tab.screenshot(path=picture)
            chromium.close()


def work(tab: Page) -> None:
    """Edit and approve a segment, and be at work on the next."""
    for key in ("j", "Enter", "Control+a"):
        tab.keyboard.press(key)
    tab.keyboard.insert_text(
        "Amazon has struck another blow at the social network Parler, whose website was down on "
        "Monday."
    )
    for key in ("Control+Enter", "Enter", "Control+a"):
        tab.keyboard.press(key)
    tab.keyboard.insert_text(
        "On Saturday, Amazon Web Services suspended Parler from its web hosting services as of "
        "11:59 p.m. (Pacific time) on Sunday, BuzzFeed reported on Saturday evening, citing a "
        "letter it had obtained that mentions 89 examples of Parler posts that “encourage and "
        "incite violence”."
    )
    tab.evaluate("scrollTo(0, 0)")
    tab.wait_for_timeout(500)


if __name__ == "__main__":
    main(*sys.argv[1:])
