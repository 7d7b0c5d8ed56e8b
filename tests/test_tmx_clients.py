"""Our TMX before those who must take it: the DTD, the schema, and OmegaT itself."""

import subprocess
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unicodedata import normalize

import omegat
import pytest

from bitext.formats import tmx
from bitext.interchange import Export, export
from bitext.units import Enforcement, TermEntry, TermMatch, TranslationUnit

pytestmark = [pytest.mark.omegat, pytest.mark.usefixtures("schemas")]

ARTICLES = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
LINES = [
    line.strip()
    for article in ARTICLES
    for line in article.read_text(encoding="utf-8").splitlines()
    if line.strip()
]
ODD = [
    "deux\nlignes",
    "deux  espaces, une\ttabulation",
    "espace fine à la fin\u202f",
    "espace insécable à la fin\u00a0",
    "<b>balise</b> & “esperluette” {0} %s",
    "émoji 😀, e\u0301 décomposé, trait\u00adconditionnel",
]


def written(path: Path, pairs: Iterable[tuple[str, str]]) -> Path:
    entry = TermEntry("Parler", "Parler", "dnt")
    with path.open("wb") as file:
        units = (
            TranslationUnit(
                id=f"article é.txt:{number}:0:0a1b2c3d",
                document="article é.txt",
                paragraph=number,
                start=0,
                end=len(source),
                source=source,
                target=target,
                origin="mt",
                score=-0.25,
                matches=(TermMatch(entry, 0, 6, "Parler"),),
                enforcement=(Enforcement("right", "plain"),),
            )
            for number, (source, target) in enumerate(pairs)
        )
        tmx.write(units, file, signature="echo|v0 <&>")
    return path


@pytest.mark.parametrize(
    ("option", "grammar"), [("--dtdvalid", "tmx14.dtd"), ("--schema", "tmx14.xsd")]
)
def test_valid(option: str, grammar: str, schemas: Path, tmp_path: Path) -> None:
    illegal = "\x00\ud800\uffff ]]> -- \r é"
    pairs = [*((text, f"EN {text}") for text in LINES + ODD), (illegal, illegal)]
    path = written(tmp_path / "out.tmx", pairs)
    command = ["xmllint", "--noout", "--nonet", option, str(schemas / grammar), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (0, f"{path} validates") == (done.returncode, done.stderr.strip() or f"{path} validates")


def test_omegat_translates_every_segment(tmp_path: Path) -> None:
    segments = LINES + ODD
    path = written(tmp_path / "out.tmx", ((text, f"EN {text}") for text in segments))
    assert (len(segments), 0, []) == omegat.remaining(tmp_path / "project", segments, path)
    target = (tmp_path / "project/target/segments.txt").read_text(encoding="utf-8")
    for text in segments:
        # OmegaT composes accents (NFC) in what it writes, and puts back the spaces at the ends.
        assert f"EN {normalize('NFC', text)}" in target


def test_an_exported_project_opens_with_what_people_approved(tmp_path: Path) -> None:
    """In OmegaT the approved half is translated already, and the raw half is left to do."""
    path, place = written(tmp_path / "out.tmx", ((text, f"EN {text}") for text in LINES)), "project"
    with path.open("rb") as file:
        units = [
            replace(unit, status="approved" if number % 2 else "untouched")
            for number, unit in enumerate(tmx.read(file))
        ]
    # A line that comes twice is translated wherever it stands.
    raw = {unit.source for unit in units} - {u.source for u in units if u.status == "approved"}
    left = sum(unit.source in raw for unit in units)
    export(units, tmp_path / place, Export("omegat", "s", target_lang="en-US"))
    assert (len(LINES), left, []) == omegat.counted(tmp_path / place)


def test_omegat_sees_a_changed_character(tmp_path: Path) -> None:
    """The judge is no pushover: a straightened apostrophe loses the segment."""
    changed = sum("’" in text for text in LINES)
    path = written(tmp_path / "out.tmx", ((text.replace("’", "'"), text) for text in LINES))
    assert changed > 50
    assert (len(LINES), changed, []) == omegat.remaining(tmp_path / "project", LINES, path)
