"""Whole corpora as plain files: a segment a line, the same line in every file."""

from collections.abc import Sequence
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.score.joining import Joined
from bitext.score.snippets import Snippet, looks_french
from bitext.units import TranslationUnit


@dataclass(frozen=True, slots=True)
class Lines:
    """A file with a segment a line; `name` is what messages and reports call it."""

    name: str
    texts: tuple[str, ...]


def lines_of(text: str, name: str) -> Lines:
    r"""
    The segments of a file's text, without the white space after them, as sacrebleu has it.

    Only a line feed ends a line, so that a text with other separators stays whole.

    >>> lines_of("Oui.\r\nNon\u2028.\n", "a").texts
    ('Oui.', 'Non\u2028.')
    """
    texts = text.removeprefix("\ufeff").removesuffix("\n").split("\n") if text else []
    return Lines(name, tuple(line.rstrip() for line in texts))


def paired(
    hypotheses: Lines, references: Lines, sources: Lines | None = None
) -> tuple[list[TranslationUnit], list[Joined]]:
    """
    The lines as units, each joined with its reference; raises InputError if they do not match.

    The units' document is the hypotheses' name; without sources their source is "".
    """
    check(hypotheses, references)
    if sources is not None:
        check(sources, references)
    texts = sources.texts if sources else ("",) * len(references.texts)
    units = [
        TranslationUnit(f"{n}", hypotheses.name, n, 0, len(source), source, target, "mt")
        for n, (source, target) in enumerate(zip(texts, hypotheses.texts, strict=True), 1)
    ]
    joined = [
        Joined(
            Snippet("", unit.source, reference, n),
            "sentence",
            (unit.id,),
            unit.target,
            document=unit.document,
        )
        for n, (unit, reference) in enumerate(zip(units, references.texts, strict=True), 1)
    ]
    return units, joined


def check(lines: Lines, references: Lines) -> None:
    """Raises InputError unless the files go with each other and the references are English."""
    if not references.texts:
        raise InputError(references.name, "is empty: there is nothing to score against")
    if len(lines.texts) != len(references.texts):
        counts = f"{len(lines.texts):,} lines, but {references.name} has {len(references.texts):,}"
        raise InputError(lines.name, f"{counts}; a segment must have the same line in both")
    if empty := [n for n, text in enumerate(references.texts, 1) if not text.strip()]:
        problem = f"an empty reference{more(empty)}; fill it in, or delete the line in every file"
        raise InputError(references.name, problem, line=empty[0])
    french = sum(map(looks_french, references.texts))
    if 2 * french > len(references.texts):
        problem = f"{french:,} of {len(references.texts):,} references look French, not English"
        raise InputError(references.name, f"{problem}; are two files swapped?")


def more(numbers: Sequence[int]) -> str:
    """
    >>> more([3]), more([3, 7, 9])
    ('', ' (and 2 more)')
    """
    return f" (and {len(numbers) - 1} more)" if len(numbers) > 1 else ""
