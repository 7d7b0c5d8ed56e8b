"""What a file says of a unit, made into a unit again."""

import re
from collections.abc import Mapping
from typing import cast, get_args

from bitext.units import Origin, Status, TranslationUnit

OURS = re.compile(r":([0-9]{1,12}):([0-9]{1,12}):[0-9a-f]{8}\Z")
LONGEST = 1 + 12 + 1 + 12 + 1 + 8  # characters that OURS may take, at the end of an id
ORIGINS, STATUSES = get_args(Origin), get_args(Status)


def place(unit_id: str, source: str) -> tuple[int, int, int]:
    """
    Paragraph, start and end; the start of a text of its own if the id is not one of ours.

    >>> place("lettre.txt:3:12:0a1b2c3d", "Bonjour.")
    (3, 12, 20)
    >>> place("CMU_1:1", "Bonjour.")
    (0, 0, 8)
    """
    ours = OURS.search(unit_id, max(0, len(unit_id) - LONGEST))
    paragraph, start = (int(ours[1]), int(ours[2])) if ours else (0, 0)
    return paragraph, start, start + len(source)


def restored(
    unit_id: str, source: str, target: str, about: Mapping[str, str], *, document: str
) -> TranslationUnit:
    """
    The unit that a file of another kind holds.

    `about` may tell document, origin, status, score and comment; what it does not tell, or tells
    in other words than ours, reads as people's work: origin "human", status "untouched".
    """
    paragraph, start, end = place(unit_id, source)
    origin, status = about.get("origin"), about.get("status")
    return TranslationUnit(
        id=unit_id,
        document=about.get("document", document),
        paragraph=paragraph,
        start=start,
        end=end,
        source=source,
        target=target,
        origin=cast(Origin, origin) if origin in ORIGINS else "human",
        status=cast(Status, status) if status in STATUSES else "untouched",
        score=score(about["score"]) if "score" in about else None,
        comment=about.get("comment", ""),
    )


def score(text: str) -> float | None:
    # Other tools may keep something of their own under this name.
    try:
        return float(text)
    except ValueError:
        return None
