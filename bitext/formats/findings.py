"""What is odd in a file and yet does not end the reading: told, never passed over in silence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.units import TranslationUnit


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A problem and where it stands: the file, the line (None if unknown) and the unit ("" if none).

    >>> print(Finding("a.tmx", 12, "tu7", "has two targets; the first counts"))
    a.tmx:12: tu7: has two targets; the first counts
    """

    name: str
    line: int | None
    unit: str
    problem: str

    def __str__(self) -> str:
        where = f"{self.name}:{self.line}" if self.line else self.name
        return ": ".join(part for part in (where, self.unit, self.problem) if part)


Report = Callable[[Finding], None]


def unheard(finding: Finding) -> None:
    """For those who only want the units."""


def until_the_break(
    units: Iterator[TranslationUnit], name: str, report: Report
) -> Iterator[TranslationUnit]:
    """The units before the place where a file is broken; that place is reported, not raised."""
    count = 0
    try:
        for unit in units:
            yield unit
            count += 1
    except InputError as error:
        said = f"{error.problem} ({count:,} units before it were read)"
        report(Finding(name, error.line, "", said))
