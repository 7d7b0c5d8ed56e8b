"""Where a unit stood in its document, read back from its id."""

import re

OURS = re.compile(r".*:([0-9]{1,12}):([0-9]{1,12}):[0-9a-f]{8}", re.DOTALL)


def place(unit_id: str, source: str) -> tuple[int, int, int]:
    """
    Paragraph, start and end; the start of a text of its own if the id is not one of ours.

    >>> place("lettre.txt:3:12:0a1b2c3d", "Bonjour.")
    (3, 12, 20)
    >>> place("CMU_1:1", "Bonjour.")
    (0, 0, 8)
    """
    ours = OURS.fullmatch(unit_id)
    paragraph, start = (int(ours[1]), int(ours[2])) if ours else (0, 0)
    return paragraph, start, start + len(source)
