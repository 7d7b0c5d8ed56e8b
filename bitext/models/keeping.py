"""What lies in the cache folder: the least recently used gives way to what is new."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

# Conversions or memories that are kept. A memory that grows every day would leave one every day.
KEPT = 10


def used(place: Path) -> None:
    """Note that a file or folder of the cache is of use."""
    with suppress(OSError):  # of another user, or on a disk that cannot be written
        os.utime(place, (time.time(), place.stat().st_mtime))


def prune(folder: Path, pattern: str) -> None:
    """
    Delete all but the KEPT last used of the folder that match the pattern.

    A process that has one open goes on reading it; what cannot be deleted stays.
    """
    with suppress(OSError):
        found = sorted(folder.glob(pattern), key=lambda place: -place.stat().st_atime)
        for place in found[KEPT:]:
            if place.is_dir():
                shutil.rmtree(place, ignore_errors=True)
            else:
                place.unlink(missing_ok=True)
