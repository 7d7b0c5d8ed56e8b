"""What is doubtful in a glossary that can be read: warnings for `bitext glossary check`."""

from collections.abc import Iterator
from itertools import chain

from bitext.glossary.reading import Findings
from bitext.glossary.rows import Problem
from bitext.glossary.spelling import JOINING, keys_of, plain, tokens
from bitext.text import fold
from bitext.units import TermEntry

# Words of a term at most before it is taken for a sentence; the longest of the 14,929 defined
# terms of the Canadian statutes has 26.
MOST_WORDS = 30
# Words that no sentence is without.
EMPTY = JOINING | frozenset(
    "l les la un une des du d au aux ce cet cette ces mon ma mes son sa ses notre nos votre vos "
    "leur leurs et ou mais donc or ni car que qu qui se s ne n je j te t me m il ils elle elles on "
    "nous vous y dont où si est a sont ont pas plus dans vers entre".split()
)
SHOWN = 3  # terms named in one warning


def warnings(findings: Findings) -> list[Problem]:
    """Every warning, in the order of the lines; those of the reading are in `findings`."""
    checks = (lone_words, long_terms, circles, nested, forms)
    return sorted(chain.from_iterable(check(findings) for check in checks))


def lone_words(findings: Findings) -> Iterator[Problem]:
    for entry, line in searched(findings):
        words = [token for token in tokens(plain(entry.source)) if not token.word.isdigit()]
        if all(token.word in EMPTY or token.stem in EMPTY for token in words):
            yield warning(line, f"{entry.source!r} is found in nearly every sentence")


def long_terms(findings: Findings) -> Iterator[Problem]:
    for entry, line in searched(findings):
        if (count := len(keys_of(entry.source))) > MOST_WORDS:
            yield warning(line, f"{entry.source[:40]!r}… has {count} words; no sentence holds it")


def circles(findings: Findings) -> Iterator[Problem]:
    """Entries whose target is the source of another, so that to apply them twice changes more."""
    lines: dict[str, int] = {}
    targets: dict[str, str] = {}
    for entry, line in searched(findings):
        lines.setdefault(fold(plain(entry.source)), line)
        targets[fold(plain(entry.source))] = fold(plain(entry.target))
    for entry, line in searched(findings):
        source, target = fold(plain(entry.source)), fold(plain(entry.target))
        # One that is rendered as it is changes nothing if it is applied again.
        changes = targets.get(target, target) != target != source
        if entry.kind == "term" and changes:
            back = " and back again" if targets[target] == source else ""
            problem = f"the target {entry.target!r} is a source in line {lines[target]}{back}"
            yield warning(line, problem)


def nested(findings: Findings) -> Iterator[Problem]:
    """Terms that hold others, which are not looked at where the longer one stands."""
    known: dict[tuple[str, ...], tuple[str, int]] = {}
    rows = [(entry, line, tuple(keys_of(entry.source))) for entry, line in searched(findings)]
    for entry, line, keys in rows:
        known.setdefault(keys, (entry.source, line))
    for entry, line, keys in rows:
        if len(keys) > MOST_WORDS:
            continue
        spans = ((i, j) for i in range(len(keys)) for j in range(i + 1, len(keys) + 1))
        inner = dict.fromkeys(
            known[keys[i:j]] for i, j in spans if j - i < len(keys) and keys[i:j] in known
        )
        if inner:
            named = [f"{source!r} (line {at})" for source, at in list(inner)[:SHOWN]]
            more = f" and {len(inner) - SHOWN} more" if len(inner) > SHOWN else ""
            problem = f"{entry.source!r} shadows {', '.join(named)}{more} where it stands"
            yield warning(line, problem)


def forms(findings: Findings) -> Iterator[Problem]:
    """Terms that are forms of one another and have other targets: «droit» and «droits d'auteur»."""
    known: dict[tuple[str, ...], tuple[TermEntry, int]] = {}
    for entry, line in searched(findings):
        if entry.kind != "term" or entry.match != "lemma" or entry.include or entry.exclude:
            continue
        first, at = known.setdefault(tuple(keys_of(entry.source)), (entry, line))
        if fold(first.source) != fold(entry.source) and first.target != entry.target:
            problem = f"{entry.source!r} is a form of {first.source!r} (line {at})"
            yield warning(
                line, f"{problem}; each is found as it is spelt, other forms as the first"
            )


def searched(findings: Findings) -> Iterator[tuple[TermEntry, int]]:
    """The entries that are words and no patterns, with their lines."""
    for entry, line in zip(findings.entries, findings.lines, strict=True):
        if entry.match != "regex":
            yield entry, line


def warning(line: int, text: str) -> Problem:
    return Problem(line, "warning", text)
