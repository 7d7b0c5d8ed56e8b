"""
Files that exist under their name only once they are complete.

What stands there already is kept until then, with its permissions; a link is followed and stays a
link; what is no file (a pipe, a terminal, /dev/null) is written to as it is.
"""

import errno
import fcntl
import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from bitext.errors import OutputError, reason

REMEDY = "name a folder that can be written with --out"
# The longest name that most file systems take, in bytes.
LONGEST = 255


@contextmanager
def whole(path: Path, *, durable: bool = True) -> Iterator[BinaryIO]:
    """
    A file to write, which takes its name when it is complete.

    `durable` sees it through to the disk, so that it outlives a power cut. Raises OutputError
    if it cannot be written, or is being written by another; what was written until then is
    removed.
    """
    with writing(path):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except FileExistsError as error:
            raise OutputError(path, f"{path.parent} is no folder; name another place") from error
        there = standing(path)
    if there and stat.S_ISDIR(there.st_mode):
        raise OutputError(path, "is a folder; name a file")
    if there and not stat.S_ISREG(there.st_mode):
        with writing(path), path.open("wb") as other:
            yield other
        return
    # Of a link the file that it leads to.
    final = Path(os.path.realpath(path))
    with writing(path):
        part, file = begun(final, path)
    # The name is given or taken away before the file is closed, for that gives up the lock.
    with writing(path), file:
        try:
            yield file
            file.flush()
            if there:
                os.fchmod(file.fileno(), stat.S_IMODE(there.st_mode))
            if durable:
                os.fsync(file.fileno())
            part.replace(final)
        except BaseException:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise


def standing(path: Path) -> os.stat_result | None:
    """What the path leads to, or None if there is nothing."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def begun(path: Path, name: Path) -> tuple[Path, BinaryIO]:
    """
    The file that will be `path`, empty and under lock, and what it is called until then.

    Its name is always the same, so that what a killed command left is used up by the next.
    """
    part = part_of(path)
    while True:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        file = os.fdopen(descriptor, "wb")
        if not taken(descriptor):
            file.close()
            raise OutputError(name, "another command is writing it; wait until it ends")
        # Whoever had the lock before may have given the file its name in the meantime.
        now = standing(part)
        if now and os.path.samestat(now, os.fstat(descriptor)):
            file.truncate(0)
            return part, file
        file.close()


def part_of(path: Path) -> Path:
    """The hidden name of a file that is not complete yet."""
    name = f".{path.name}.part"
    if len(os.fsencode(name)) > LONGEST:
        name = f".{sha256(os.fsencode(path.name)).hexdigest()}.part"
    return path.with_name(name)


@contextmanager
def locked(path: Path, place: Path) -> Iterator[None]:
    """
    Nobody else is at work in a place meanwhile; raises OutputError if somebody is.

    The lock is the system's (flock) on a file of that path, so that a process that was killed
    leaves none behind.
    """
    with writing(path):
        file = path.open("a+")
    with file:
        if not taken(file.fileno()):
            file.seek(0)
            who = file.read(40).strip() or "unknown"
            problem = f"another run (process {who}) is at work in it; wait until it ends, or name"
            raise OutputError(place, f"{problem} another folder with --out")
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def taken(descriptor: int, *, patience: float = 0.5) -> bool:
    """Take the system's lock on a file; one that is held for a moment is waited for."""
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError as error:
            if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                # A file system without locks: better without than not at all.
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.05)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """What the system refuses meanwhile is told as a fault of this file; raises OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(path, f"cannot be written ({reason(error)}); {REMEDY}") from error


def swept(folder: Path) -> None:
    """Remove what killed runs left unfinished; nobody else may be at work in the folder."""
    for part in folder.glob("*.part"):
        with suppress(OSError):
            part.unlink()
