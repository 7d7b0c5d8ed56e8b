"""Characters that should not be there, and those that should: damage, and emoji."""

import re
from collections import Counter
from collections.abc import Iterator

from bitext.units import Issue, TranslationUnit

# What XML 1.0 cannot hold, and the mark of what could not be read.
ILLEGAL = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ufffc\U00010000-\U0010ffff]|[\ud800-\udfff]")
# UTF-8 that was read as Latin-1 or Windows-1252: "Ã©" for é, "â€™" for ’.
MOJIBAKE = re.compile(
    r"Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\x80-\xbf™œžšŸ“”˜¦]|Â[\xa0-\xbf]|ï¿½"
)
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff☀-➿]"
)


def characters(unit: TranslationUnit) -> Iterator[Issue]:
    """No character is damaged or forbidden in the files that are exchanged."""
    for text, in_source in ((unit.source, True), (unit.target, False)):
        if text.isascii() and text.isprintable():
            continue
        for pattern, problem in (
            (MOJIBAKE, "was read in a wrong encoding"),
            (ILLEGAL, "no XML file can hold, or could not be read"),
        ):
            spans = tuple(found.span() for found in pattern.finditer(text))
            if spans:
                shown = text[slice(*spans[0])].encode("ascii", "backslashreplace").decode()
                side = "the source: " if in_source else ""
                yield Issue(
                    "characters",
                    "minor" if in_source else "major",
                    f"{side}{shown} {problem}",
                    "fluency/character-encoding",
                    spans if in_source else (),
                    () if in_source else spans,
                )


def emoji(unit: TranslationUnit) -> Iterator[Issue]:
    """Emoji are kept, each as often as it stands in the source."""
    if unit.source.isascii() and unit.target.isascii():
        return
    before, after = (Counter(EMOJI.findall(text)) for text in (unit.source, unit.target))
    for lost in before - after if unit.target.strip() else ():
        at = unit.source.index(lost)
        spans = ((at, at + len(lost)),)
        yield Issue("emoji", "minor", f"{lost} is lost", "accuracy/omission", spans)
    for gained in after - before:
        at = unit.target.index(gained)
        spans = ((at, at + len(gained)),)
        message = f"{gained} is not in the source"
        yield Issue("emoji", "minor", message, "accuracy/addition", target_spans=spans)
