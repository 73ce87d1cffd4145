"""A file that somebody handed in: its path, its time, a way to read it; and those of a folder.

Found in a folder and refused: links, also hard ones, which may be another's work or the staff's,
and what is no file. What is read is what was listed, even if somebody moves folders meanwhile.
"""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from course_utils.checks.plain_json import MAX_BYTES, Refused

NO_TIME = datetime.fromtimestamp(0, UTC)
"""The time of a file that has none that can be: earlier than all others."""


@dataclass(frozen=True)
class File:
    """A file that can be read."""

    path: str
    """Relative, with `/`; its parts are neither empty nor `.` or `..`."""
    time: datetime
    read: Callable[[], bytes]
    """All of it; Refused if that is too much, or it is not what it was when listed."""


Found = tuple[str, File | str]
"""A path with its file, or with the reason why it is refused."""


def folded(path: str) -> str:
    """The same for names that are one on a file system which ignores case."""
    return unicodedata.normalize("NFC", path).casefold()


def has_control(text: str) -> bool:
    """Whether it holds control characters, line separators or half surrogate pairs."""
    return any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text)


def in_folder(root: Path, most: int) -> Iterator[Found]:
    """The files below a folder, hidden folders and links left alone; ValueError if too many."""
    count, closed = 0, list[OSError]()
    for folder, folders, names in os.walk(root, onerror=closed.append):  # follows no links
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *links]):
            count += 1
            if count > most:
                raise ValueError(f"{str(root)!r}: more than {most} files: give it in parts")
            place = os.path.join(folder, name)
            status = os.lstat(place)
            path = os.path.relpath(place, root).replace(os.sep, "/")
            yield path, _unfit(status) or _file_on_disk(path, place, status)
    for error in closed:
        yield os.path.relpath(error.filename, root), f"it cannot be opened: {error.strerror}"


def _unfit(status: os.stat_result) -> str:
    if stat.S_ISLNK(status.st_mode):
        return "a symbolic link: put the file itself there"
    if not stat.S_ISREG(status.st_mode):
        return "no file, but a device or a pipe"
    if status.st_nlink > 1:
        return "a hard link to another file: put a copy there"
    return ""


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _file_on_disk(path: str, place: str, listed: os.stat_result) -> File:
    def read() -> bytes:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        try:
            handle = os.open(place, flags)
        except OSError as error:
            raise Refused(f"it cannot be read: {error.strerror}") from None
        with os.fdopen(handle, "rb") as file:
            now = os.fstat(handle)
            if _unfit(now) or _mark(now) != _mark(listed):
                raise Refused("it was changed while it was read: try again")
            return file.read(MAX_BYTES + 1)  # `submission.read` refuses one byte too many

    try:
        time = datetime.fromtimestamp(listed.st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        time = NO_TIME
    return File(path, time, read)
