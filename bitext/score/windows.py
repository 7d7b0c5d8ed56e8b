"""The words of a translation that answer to a reference for a part of its sentence."""

from collections import Counter
from collections.abc import Sequence

# chrF's own: character n-grams up to six, recall weighing twice as much (Popović 2015).
ORDER = 6
BETA = 2


def best_window(target: str, reference: str) -> str:
    """
    The run of words with the highest sentence chrF against the reference; the first if several.

    >>> best_window("It was suspended on Sunday, he said.", "he says")
    'he said.'
    """
    words = target.split()
    wanted, there = (
        [Counter(grams("".join(text.split()), n)) for n in range(1, ORDER + 1)]
        for text in (reference, target)
    )
    most = [(want & have).total() for want, have in zip(wanted, there, strict=True)]
    best, value = (0, len(words)), -1.0
    for start in range(len(words)):
        for end, chrf in windows_from(words, start, wanted, most, value):
            if chrf > value:
                best, value = (start, end), chrf
    return " ".join(words[slice(*best)])


def windows_from(
    words: Sequence[str],
    start: int,
    wanted: Sequence[Counter[str]],
    most: Sequence[int],
    least: float,
) -> list[tuple[int, float]]:
    """
    chrF of the windows that open at a word and may have more than `least`, by their ends.

    Counts grow with the window, so it is one pass. `most` is what the whole text has of each order.
    """
    text = ""
    left = [dict(counts) for counts in wanted]
    totals = [counts.total() for counts in wanted]
    matched = [0] * ORDER
    values: list[tuple[int, float]] = []
    for end in range(start, len(words)):
        for letter in words[end]:
            text += letter
            for n in range(1, min(ORDER, len(text)) + 1):
                gram = text[-n:]
                if left[n - 1].get(gram, 0) > 0:
                    left[n - 1][gram] -= 1
                    matched[n - 1] += 1
        values.append((end + 1, f_score(len(text), matched, totals)))
        # Though all that there is were matched already, precision could only fall from here on.
        if len(text) >= ORDER and f_score(len(text), most, totals) <= least:
            break
    return values


def f_score(length: int, matched: Sequence[int], totals: Sequence[int]) -> float:
    """chrF of a text so long, as sacrebleu averages over the orders that both sides have."""
    precision = recall = orders = 0.0
    for n, want in enumerate(totals):
        have = max(0, length - n)
        if have and want:
            precision += matched[n] / have
            recall += matched[n] / want
            orders += 1
    if not precision + recall:
        return 0.0
    precision, recall = precision / orders, recall / orders
    return (1 + BETA**2) * precision * recall / (BETA**2 * precision + recall)


def grams(text: str, n: int) -> list[str]:
    return [text[at : at + n] for at in range(len(text) - n + 1)]
