"""
Carriers: a name that the network would translate travels as a name that it is known to copy.

    Apple a retiré Parler de son App Store -> Apple a retiré Google … -> … removed Google …

After the placeholders of commercial systems, which networks mangle because they never saw them;
a frequent name they have seen thousands of times. Which names a network copies it is asked once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.enforce.repair import repaired
from bitext.enforce.verify import Span
from bitext.engines import Engine, Request
from bitext.units import Hypothesis, Link

# Frequent in news, the same in both languages, no words of either. Those that begin like a vowel
# stand for names that do: "d'Amazon", "de Parler".
CARRIERS = (
    "Google", "Microsoft", "Toyota", "Facebook", "Boeing", "Madrid", "Berlin", "Siemens",
    "Apple", "Airbus", "Amazon", "Ericsson", "Intel", "Oslo",
)  # fmt: skip
PROBES = (
    "La société {} a annoncé lundi une baisse de ses ventes.",
    "Selon {}, la décision a été prise hier.",
    "Les messages de {} sont publics.",
    "Ils ont retiré {} de la liste.",
)
ELIDING = re.compile(r"[aeiouyhàâäéèêëîïôöùûü]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Move:
    """A stretch of one text, and the stretch of another that stands for it."""

    here: Span
    there: Span


def carried(
    engine: Engine, requests: Sequence[Request], carriers: Sequence[str]
) -> list[Hypothesis | None]:
    """Each sentence translated with carriers for its names, and the names put back."""
    loads = [loaded(request, carriers) for request in requests]
    going = [n for n, load in enumerate(loads) if load]
    made = engine.translate([Request(load[0]) for load in loads if load])
    result: list[Hypothesis | None] = [None] * len(requests)
    for n, [hypothesis, *_] in zip(going, made, strict=True):
        load = loads[n]
        assert load
        _, moves, names = load
        unloaded = put_back(hypothesis, moves, names)
        result[n] = repaired(requests[n], unloaded) if unloaded else None
    return result


def copied_names(engine: Engine) -> list[str]:
    """The carriers that the network copies, once each, in all the probes."""
    requests = [Request(probe.format(name)) for name in CARRIERS for probe in PROBES]
    made = [offered[0].text for offered in engine.translate(requests)]
    size = len(PROBES)
    return [
        name
        for n, name in enumerate(CARRIERS)
        if all(len(whole(name).findall(text)) == 1 for text in made[n * size : (n + 1) * size])
    ]


def loaded(
    request: Request, carriers: Sequence[str]
) -> tuple[str, list[Move], dict[str, tuple[str, int]]] | None:
    """
    The source with carriers, where they stand, and for each carrier its name and how often.

    None where there is no name to carry, or no carrier left that the sentence does not use.
    """
    matches = [m for m in request.terms if m.binding and m.entry.kind == "dnt"]
    free = [name for name in carriers if name.lower() not in request.text.lower()]
    chosen: dict[str, str] = {}
    for match in matches:
        if match.required not in chosen:
            alike = bool(ELIDING.match(match.required))
            fit = next((c for c in free if bool(ELIDING.match(c)) == alike), None)
            if fit is None:
                return None
            free.remove(fit)
            chosen[match.required] = fit
    if not chosen:
        return None
    swaps = [((m.start, m.end), chosen[m.required]) for m in matches]
    text, moves = swapped(request.text, sorted(swaps))
    required = [m.required for m in matches]
    return text, moves, {fit: (name, required.count(name)) for name, fit in chosen.items()}


def put_back(
    hypothesis: Hypothesis, moves: Sequence[Move], names: dict[str, tuple[str, int]]
) -> Hypothesis | None:
    """The translation with the names; None if a carrier was lost or multiplied on the way."""
    swaps: list[tuple[Span, str]] = []
    for carrier, (name, count) in names.items():
        found = [match.span() for match in whole(carrier).finditer(hypothesis.text)]
        if len(found) != count:
            return None
        swaps += [(span, name) for span in found]
    text, target_moves = swapped(hypothesis.text, sorted(swaps))
    back = [Move(move.there, move.here) for move in moves]
    links = [
        Link(
            *moved((k.source_start, k.source_end), back),
            *moved((k.target_start, k.target_end), target_moves),
        )
        for k in hypothesis.links
    ]
    return replace(hypothesis, text=text, score=None, links=tuple(links))


def swapped(text: str, swaps: Sequence[tuple[Span, str]]) -> tuple[str, list[Move]]:
    """The text with stretches replaced (in order, apart), and where the new ones stand."""
    parts: list[str] = []
    moves: list[Move] = []
    at = length = 0
    for (start, end), new in swaps:
        parts += [text[at:start], new]
        length += start - at
        moves.append(Move((start, end), (length, length + len(new))))
        length += len(new)
        at = end
    return "".join(parts) + text[at:], moves


def moved(span: Span, moves: Sequence[Move]) -> Span:
    """A span of one text in the other; one that meets a replaced stretch holds it whole."""
    start, end = span
    touched = [m for m in moves if m.here[0] < end and start < m.here[1]]
    first = min([start, *(m.here[0] for m in touched)])
    last = max([end, *(m.here[1] for m in touched)])
    return shifted(first, moves), shifted(last, moves)


def shifted(at: int, moves: Sequence[Move]) -> int:
    """A position outside of the replaced stretches."""
    return at + sum(
        (m.there[1] - m.there[0]) - (m.here[1] - m.here[0]) for m in moves if m.here[1] <= at
    )


def whole(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
