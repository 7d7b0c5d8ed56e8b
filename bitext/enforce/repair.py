"""
Alignment repair: the words that stand for a term give way to the words that it requires.

Which words those are the network's guided attention head says; articles and capitals around
the new words are mended.
"""

import re
from dataclasses import replace

from bitext.enforce.verify import Span, excess, target_hull, targets_of, touches, verify
from bitext.engines import Request
from bitext.glossary.inflection import singularised
from bitext.glossary.variants import spelt_otherwise
from bitext.units import Hypothesis, Link, TermMatch

WORD = re.compile(r"\w+(?:-\w+)*")
TOKEN, ADDRESS = re.compile(r"\S+"), re.compile(r"[@#/]")
FRENCH_ARTICLE = re.compile(
    r"(?:\b(?:le|la|les|un|une|ce|cet|cette|ces|son|sa|ses|leur|leurs|notre|nos|votre|vos|mon|ma|"
    r"mes|du|des|au|aux|chaque)\s+|\bl')(?:\w+\s+)?$",
    re.IGNORECASE,
)
ENGLISH_ARTICLE = re.compile(r"\b(the|a|an) $", re.IGNORECASE)
ARTICLE_FIRST = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
# A determiner before a term, with an adjective between at most.
DETERMINED = re.compile(
    r"\b(?:the|an?|this|that|these|those|my|your|his|her|its|our|their|no|any|some|each|every|all|"
    r"both|one|two|three|which|what|such|['’]s)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
INDEFINITE = re.compile(r"\b([Aa])n? $")
# A space after a quotation mark that opens.
LOOSE_QUOTE = re.compile(r"(?:^|[\s(])\"(\s)$")
VERBS = (("is", "are"), ("was", "were"), ("has", "have"), ("does", "do"))
VERB = re.compile(rf" ({'|'.join(form for pair in VERBS for form in pair)})\b")
NOT_SUBJECT = re.compile(
    r"\b(?:and|or|nor|of|in|on|at|by|to|for|from|with|against|about)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
VOWEL_SOUND = re.compile(
    r"(?!eu|one\b|once\b|uni(?![nm])|us[eu]|ut[ie]|ubi)(?:[aeiou]|hour|honest|hono|heir)",
    re.IGNORECASE,
)


def repaired(request: Request, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis with every missing term put where its words are linked to."""
    verdict = verify(request.terms, hypothesis)
    for number in verdict.missing:
        match = request.terms[number]
        place = stand_in(match, hypothesis, [span for span in verdict.spans if span])
        if place:
            hypothesis = put(request, match, hypothesis, place)
            verdict = verify(request.terms, hypothesis)
    return hypothesis


def respelt(request: Request, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis with its missing terms spelt as the glossary does: "realize" → "realise"."""
    verdict = verify(request.terms, hypothesis)
    for number in verdict.missing:
        match = request.terms[number]
        held = [span for span in verify(request.terms, hypothesis).spans if span]
        for target in () if match.entry.kind == "dnt" else targets_of(match):
            free = (
                span
                for span in spelt_otherwise(target, hypothesis.text)
                if not any(touches(span, other) for other in held)
            )
            if place := next(free, None):
                new = in_case_of(hypothesis.text[slice(*place)], target)
                hypothesis = replaced(hypothesis, *place, new)
                break
    return hypothesis


def in_case_of(said: str, target: str) -> str:
    """The target with the capitals of what it stands for, where these are those of its place."""
    if said.isupper() and len(said) > 1:
        return target.upper()
    return target[:1].upper() + target[1:] if said[:1].isupper() else target


def stand_in(match: TermMatch, hypothesis: Hypothesis, held: list[Span]) -> Span | None:
    """
    The words of the target that stand for the match, or None if there are none to be sure of.

    They must be few, and linked to the match more than to anything else.
    """
    hull = target_hull(hypothesis.links, match.start, match.end)
    if hull is None:
        return None
    # An address is all that stands between spaces.
    pattern = TOKEN if ADDRESS.search(match.required) else WORD
    start, end = whole(hypothesis.text, hull, pattern)
    if any(touches((start, end), span) for span in held):
        return None
    words = len(pattern.findall(hypothesis.text[start:end]))
    if not 0 < words <= 2 * len(match.required.split()) + 2:
        return None
    inside = [k for k in hypothesis.links if start <= k.target_start < end]
    own = sum(k.source_start < match.end and match.start < k.source_end for k in inside)
    return (start, end) if own * 2 > len(inside) else None


def whole(text: str, span: Span, pattern: re.Pattern[str] = WORD) -> Span:
    """The span with the words that it cuts into, and without marks at its ends."""
    start, end = span
    for word in pattern.finditer(text):
        if word.start() < end and start < word.end():
            start, end = min(start, word.start()), max(end, word.end())
    while start < end and not (text[start].isalnum() or text[start] in "@#"):
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return start, end


def tidied(request: Request, hypothesis: Hypothesis) -> Hypothesis:
    """
    The hypothesis with the articles, capitals and spaces around its terms as English has them.

    A network that is shown a term copies it as it was shown: "firing squads: …" at the head of
    a sentence, "a e-mail".
    """
    spans = verify(request.terms, hypothesis).spans
    held = [(s, m) for s, m in zip(spans, request.terms, strict=True) if s and not forbidden(m)]
    for (start, end), match in sorted(held, key=lambda pair: pair[0], reverse=True):
        before, said = hypothesis.text[:start], hypothesis.text[start:end]
        if match.entry.kind != "dnt":
            if request.text.isupper():
                said = said.upper()
            elif not WORD.search(before) and opens_in_capitals(request.text):
                said = said[:1].upper() + said[1:]
            hypothesis = replaced(hypothesis, start, end, said)
        if article := INDEFINITE.search(before):
            # "A demonstrations of teachers": the plural is ours.
            ours = said != match.entry.target and plural(said) and not plural(match.entry.target)
            wanted = "" if ours else agreeing(article.group(), said)
            if ours and article[1] == "A":
                hypothesis = replaced(hypothesis, start, start + 1, said[:1].upper())
            hypothesis = replaced(hypothesis, article.start(), start, wanted)
        elif loose := LOOSE_QUOTE.search(before):
            hypothesis = replaced(hypothesis, loose.start(1), start, "")
    return hypothesis


def with_articles(request: Request, hypothesis: Hypothesis, plain: Hypothesis) -> Hypothesis:
    """
    The hypothesis with the articles before its terms that the plain translation had there.

    A network that is shown a term may take it for a name: "Install update." Only where the source
    has an article, too, the word before is the same, and nothing else stands for the article.
    """
    spans = verify(request.terms, hypothesis).spans
    held = [(s, m) for s, m in zip(spans, request.terms, strict=True) if s and takes_article(m)]
    for (start, end), match in sorted(held, key=lambda pair: pair[0], reverse=True):
        before, said = hypothesis.text[:start], hypothesis.text[start:end]
        hull = target_hull(plain.links, match.start, match.end)
        if hull is None or not FRENCH_ARTICLE.search(request.text[: match.start]):
            continue
        # The article may be linked to the French one, or to the term itself.
        words = ARTICLE_FIRST.sub("", plain.text[slice(*whole(plain.text, hull))])
        article = ENGLISH_ARTICLE.search(plain.text[: whole(plain.text, hull)[1] - len(words)])
        if not article or DETERMINED.search(before):
            continue
        same = last_word(before) == last_word(plain.text[: article.start()])
        if not same or (article[1].lower() != "the" and plural(said)):
            continue
        head = not WORD.search(before)
        new = agreeing(f"{article[1].lower()} ", said)
        if head:
            said = said if said[1:2].isupper() else said[:1].lower() + said[1:]
            hypothesis = replaced(hypothesis, start, end, said)
            new = new[:1].upper() + new[1:]
        hypothesis = replaced(hypothesis, start, start, new)
    return hypothesis


def last_word(text: str) -> str:
    """The word that a text ends in, in small letters; "" at the head of a sentence."""
    return text.split()[-1].lower() if text.strip() else ""


def takes_article(match: TermMatch) -> bool:
    return match.entry.kind == "term" and match.binding


def forbidden(match: TermMatch) -> bool:
    return match.entry.kind == "forbidden"


def opens_in_capitals(text: str) -> bool:
    """Whether the first letter of a text is a capital."""
    first = next(filter(str.isalpha, text), "")
    return first.isupper()


def put(request: Request, match: TermMatch, hypothesis: Hypothesis, place: Span) -> Hypothesis:
    start, end = place
    before, after = hypothesis.text[:start], hypothesis.text[end:]
    new = match.required
    bare = match.entry.kind == "dnt" and not FRENCH_ARTICLE.search(request.text[: match.start])
    if bare:
        before = ENGLISH_ARTICLE.sub("", before)
    before = agreeing(before, new)
    if not WORD.search(before) and match.entry.kind != "dnt":
        new = new[:1].upper() + new[1:]
    text = before + new + after
    links = moved(hypothesis.links, place, len(before), len(new), match)
    made = replace(hypothesis, text=text, links=links)
    former = hypothesis.text[start:end]
    return in_agreement(made, len(before), len(before) + len(new), former)


def in_agreement(hypothesis: Hypothesis, start: int, end: int, former: str) -> Hypothesis:
    """
    The verb after the new words at start:end in their number, where they changed it.

    Only where they can be its subject: "the head of the squads is" keeps its verb.
    """
    new = hypothesis.text[start:end]
    verb = VERB.match(hypothesis.text, end)
    if not verb or plural(former) == plural(new) or NOT_SUBJECT.search(hypothesis.text[:start]):
        return hypothesis
    singular_form, plural_form = next(pair for pair in VERBS if verb[1] in pair)
    wanted = plural_form if plural(new) else singular_form
    return replaced(hypothesis, *verb.span(1), wanted)


def plural(phrase: str) -> bool:
    """Whether an English phrase is a plural, by its head noun."""
    return singularised(phrase) != phrase


def replaced(hypothesis: Hypothesis, start: int, end: int, new: str) -> Hypothesis:
    """The hypothesis with one word for another, and its links along."""
    by = len(new) - (end - start)
    links = tuple(
        k._replace(
            target_start=k.target_start + by * (k.target_start >= end),
            target_end=k.target_end + by * (k.target_end >= end),
        )
        for k in hypothesis.links
    )
    text = hypothesis.text[:start] + new + hypothesis.text[end:]
    return replace(hypothesis, text=text, links=links)


def agreeing(before: str, word: str) -> str:
    """
    "a" or "an" as the next word asks.

    >>> agreeing("It was a ", "execution squad")
    'It was an '
    """
    article = "n " if VOWEL_SOUND.match(word) else " "
    return INDEFINITE.sub(lambda m: m.group(1) + article, before)


def moved(
    links: tuple[Link, ...], place: Span, start: int, length: int, match: TermMatch
) -> tuple[Link, ...]:
    """The links of a text in which `place` gave way to `length` characters at `start`."""
    shift = start + length - place[1]
    kept = [k for k in links if k.target_end <= start]
    later = [
        Link(k.source_start, k.source_end, k.target_start + shift, k.target_end + shift)
        for k in links
        if k.target_start >= place[1]
    ]
    return (*kept, Link(match.start, match.end, start, start + length), *later)


def without_stutter(request: Request, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis without a name that it says twice running ("Parler’s Parler")."""
    for name in {m.required for m in request.terms if m.entry.kind == "dnt"}:
        again = re.escape(name)
        stutter = re.compile(rf"(?<!\w)[#@]?{again}(?:['’]s)?[\s,]+(?=[#@]?{again}(?!\w))")
        found = stutter.search(hypothesis.text)
        while found and excess(request.terms, hypothesis.text):
            hypothesis = without(hypothesis, *found.span())
            found = stutter.search(hypothesis.text)
    return hypothesis


def without(hypothesis: Hypothesis, start: int, end: int) -> Hypothesis:
    """The hypothesis without the characters start:end, and without their links."""
    by = end - start
    links = tuple(
        k._replace(
            target_start=k.target_start - by * (k.target_start >= end),
            target_end=k.target_end - by * (k.target_end >= end),
        )
        for k in hypothesis.links
        if k.target_end <= start or k.target_start >= end
    )
    return replace(hypothesis, text=hypothesis.text[:start] + hypothesis.text[end:], links=links)
