"""nbgrader's `submitted/STUDENT/NAME/`: where a notebook that was handed in is put.

    submitted/STUDENT/NAME/NAME.ipynb     the bytes as they were handed in
    submitted/STUDENT/NAME/timestamp.txt  when, as nbgrader reads it, in UTC

Whatever moment it is stopped at, running it again ends in the same state. No link is followed.
"""

import os
import stat
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake.files import folded
from course_utils.instructor.record import write_whole

FOLDER, TIMESTAMP = "submitted", "timestamp.txt"
What = Literal["new", "replaces an earlier one", "was there"]


class Submitted:
    """The folder of all submissions, for one assignment."""

    def __init__(self, root: Path, assignment: str) -> None:
        self.folder, self.assignment = root / FOLDER, assignment
        names = os.listdir(self.folder) if self.folder.is_dir() else []
        self._names = {folded(name): name for name in names}

    def place(
        self, student: str, data: bytes, time: datetime, *, sure: bool = False
    ) -> tuple[Path, What, datetime]:
        """Put a notebook where it belongs: its place, what that meant, and since when it is there.

        The same bytes keep the earlier time, unless this one is `sure`; other bytes take the place
        only of earlier ones.
        Refused if they do not, if a link is in the way, or a student's id of other case.
        """
        there = self._names.setdefault(folded(student), student)
        if there != student:
            raise Refused(f"{there!r} has submissions: the same id, but for upper and lower case")
        folder = self.folder / student / self.assignment
        path = folder / f"{self.assignment}.ipynb"
        for part in (self.folder, folder.parent, folder, path, folder / TIMESTAMP):
            _check_no_link(part)
        what: What = "new"
        if path.exists():
            since = self._since(folder, path)
            if path.read_bytes() == data:
                what, time = "was there", time if sure else min(time, since)
            elif time > since:
                what = "replaces an earlier one"
            else:
                raise Refused(f"another one, not earlier, is there since {since:%Y-%m-%d %H:%M:%S}")
        text = f"{time.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC\n"
        if what != "was there":
            # An old time never stands beside a new notebook: without one, the file's own counts.
            (folder / TIMESTAMP).unlink(missing_ok=True)
            write_whole(path, data)
            os.utime(path, (time.timestamp(), time.timestamp()))
        if _text(folder / TIMESTAMP) != text:
            write_whole(folder / TIMESTAMP, text)
        return path, what, time

    def _since(self, folder: Path, path: Path) -> datetime:
        """The time that nbgrader takes for that of the submission, else that of the file."""
        if text := _text(folder / TIMESTAMP).strip():
            from nbgrader.utils import parse_utc

            with suppress(ValueError, OverflowError):
                return parse_utc(text).replace(tzinfo=UTC)
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _check_no_link(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise Refused(f"{str(path)!r} is a link or a device: remove it")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
