"""
How fast TMX is written and read, and in how much memory, beside a bare lxml loop in the same run.

    scripts/bench tmx [--units 1000000]

Each of the four runs in a process of its own, whose peak is that of the whole process. The bare
loops keep texts and ids only, check nothing, and make no units.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from bitext.formats import tmx
from bitext.units import TranslationUnit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SOURCE = "« L’avocat\u202f: 5\u00a0% & plus » dort depuis lundi dans la maison de son père."
TARGET = "“The lawyer: 5% & more” has been asleep in his father’s house since Monday."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--only", choices=RUNS, help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        begun = time.perf_counter()
        RUNS[options.only](options.file, options.units)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        # Kilobytes on Linux, bytes on macOS.
        megabytes = peak / (1e6 if sys.platform == "darwin" else 1e3)
        print(time.perf_counter() - begun, megabytes)
        return
    with tempfile.TemporaryDirectory() as folder:
        seconds = compare(Path(folder), options.units)
    for what in ("write", "read"):
        ratio = seconds[f"bitext {what}"] / seconds[f"lxml {what}"]
        print(f"\n{what}: {ratio:.2f} times the bare loop", end="")
    print()


def compare(folder: Path, count: int) -> dict[str, float]:
    """Seconds of each run; prints them as a Markdown table."""
    print("| run | seconds | peak MB |\n|---|---|---|")
    seconds = {}
    for name in RUNS:
        file = folder / ("bare.tmx" if name == "lxml write" else "ours.tmx")
        command = [sys.executable, __file__, "--only", name, "--file", str(file)]
        done = subprocess.run(
            [*command, "--units", str(count)], capture_output=True, text=True, check=True
        )
        seconds[name], peak = map(float, done.stdout.split())
        print(f"| {name} | {seconds[name]:.1f} | {peak:.0f} |", flush=True)
    size = (folder / "ours.tmx").stat().st_size
    print(f"\n{count:,} units, {size / 1e6:,.0f} MB", end="")
    return seconds


def units(count: int) -> Iterator[TranslationUnit]:
    for number in range(count):
        yield TranslationUnit(
            id=f"article.txt:{number}:0:0a1b2c3d",
            document="article.txt",
            paragraph=number,
            start=0,
            end=len(SOURCE),
            source=f"{number} {SOURCE}",
            target=f"{number} {TARGET}",
            origin="mt",
            score=-0.25,
        )


def our_write(path: Path, count: int) -> None:
    with path.open("wb") as file:
        tmx.write(units(count), file, signature="bench")


def bare_write(path: Path, count: int) -> None:
    with etree.xmlfile(str(path), encoding="UTF-8") as out, out.element("tmx"):
        for unit in units(count):
            tu = etree.Element("tu", tuid=unit.id)
            for lang, text in (("fr", unit.source), ("en", unit.target)):
                tuv = etree.SubElement(tu, "tuv", {XML_LANG: lang})
                etree.SubElement(tuv, "seg").text = text
            out.write(tu)


def our_read(path: Path, count: int) -> None:
    with path.open("rb") as file:
        found = sum(1 for _ in tmx.read(file))
    assert count == found


def bare_read(path: Path, count: int) -> None:
    found = 0
    for _, tu in etree.iterparse(path, tag="tu"):
        texts = {tuv.get(XML_LANG): tuv.findtext("seg") for tuv in tu.iterfind("tuv")}
        found += len(texts) == 2
        tu.clear()
        while tu.getprevious() is not None:
            del tu.getparent()[0]
    assert count == found


RUNS = {
    "lxml write": bare_write,
    "bitext write": our_write,
    "lxml read": bare_read,
    "bitext read": our_read,
}

if __name__ == "__main__":
    main()
