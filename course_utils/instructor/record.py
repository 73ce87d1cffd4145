"""What grading one submission leaves behind: a small JSON file, written whole or not at all.

    graded/ASSIGNMENT/STUDENT.json

It holds all that gradebook, feedback, report and export need of the run. Text for staff alone, such
as expected values, stands in fields that say so.
"""

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

VERSION = 1
FOLDER = "graded"
PARTIAL, STALE = ".partial", 60.0
"""How a file ends that is being written, and the seconds after which nobody is writing it."""
LONGEST_NAME = 240
"""Characters; a file's name has at most 255 bytes."""

Status = Literal["passed", "failed", "error", "timeout", "died", "missing"]
"""Of a check: `failed` is a comparison that did not hold, `error` an exception in an answer,
`died` a process that left early, `missing` an answer that is not there or left as it was."""


class RecordError(ValueError):
    """A record that cannot be read; the message says what to do."""


@dataclass(frozen=True)
class CheckResult:
    """One test cell, run on one answer."""

    name: str
    """Grade id of the test cell, such as `check_train`."""
    answer: str
    """The answer cell it checks, such as `train`."""
    points: int
    earned: int
    status: Status
    public: str = ""
    """What a student may read; empty where the check passed."""
    values: str = ""
    """Expected and received, or a traceback: for staff alone."""
    hidden: bool = False
    """Whether it was a hidden test that failed."""


@dataclass(frozen=True)
class OpenAnswer:
    """An open question: 0 points if left as it was, else a person marks it."""

    name: str
    points: int
    changed: bool


@dataclass(frozen=True)
class Usage:
    """What the run cost."""

    cpu: float
    """Seconds of the student's processes."""
    wall: float
    """Seconds from start to end."""
    peak: int
    """Bytes of memory, at most, of the student's processes."""
    restarts: int = 0
    """How often the student's process had to be started again."""


@dataclass(frozen=True)
class Record:
    """One graded submission."""

    assignment: str
    student: str
    key: str
    """Hash of all that decides the marks: the submission's bytes, source, package, limits."""
    submitted: str
    """When it was handed in, by the server's clock: ISO 8601 with its offset; empty if unknown."""
    checks: tuple[CheckResult, ...]
    open_answers: tuple[OpenAnswer, ...]
    usage: Usage
    review: tuple[str, ...] = ()
    """Why a person has to look at it; empty if nobody has to."""
    audit: tuple[str, ...] = ()
    """How each cell was found."""
    sandboxed: bool = True
    version: int = VERSION

    @property
    def earned(self) -> int:
        """Automatic points."""
        return sum(check.earned for check in self.checks)


def path_of(root: Path, assignment: str, student: str) -> Path:
    """Where the record of a student lies, whatever is in the student's name, and however long."""
    name = quote(student, safe=" @+", errors="surrogatepass")
    if len(name) > LONGEST_NAME:  # a folder's name of Cyrillic letters is three times as long
        name = f"{name[:100]}-{hashlib.sha256(name.encode()).hexdigest()[:32]}"
    return root / FOLDER / assignment / f"{name}.json"


def save(root: Path, record: Record) -> Path:
    """Write a record; a reader sees the old one or the new one, never a part."""
    path = path_of(root, record.assignment, record.student)
    write_whole(path, json.dumps(asdict(record), indent=1) + "\n")
    return path


def load(path: Path) -> Record:
    """Read a record; RecordError if it is none, or from another version."""
    remedy = "autograde again, or remove it where the submission is gone"
    try:
        fields = json.loads(path.read_bytes())
        if fields["version"] != VERSION:
            raise RecordError(f"{path}: a record of version {fields['version']}: {remedy}")
        return _record(fields)
    except (ValueError, KeyError, TypeError) as error:
        if isinstance(error, RecordError):
            raise
        raise RecordError(f"{path}: no record ({error}): {remedy}") from None


def load_all(root: Path, assignment: str, students: Iterable[str] = ()) -> Iterator[Record]:
    """The records of an assignment by student; of `students` alone, where some are named."""
    named = sorted({path_of(root, assignment, student) for student in students})
    for path in named or sorted((root / FOLDER / assignment).glob("*.json")):
        if not named or path.exists():
            yield load(path)


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file so that at every moment there is the old one or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = text.encode() if isinstance(text, str) else text
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def sweep(root: Path, assignment: str) -> None:
    """Remove what `write_whole` had begun in the folders of a class when it was killed."""
    rooms = ("submitted", "autograded", "feedback")
    for folder in (root / FOLDER, *(one for room in rooms for one in (root / room).glob("*"))):
        for partial in (folder / assignment).glob(f".*{PARTIAL}"):
            with suppress(OSError):
                if time.time() - partial.stat().st_mtime > STALE:
                    partial.unlink()


def _record(fields: dict[str, Any]) -> Record:
    plain = Record(**fields)
    return replace(
        plain,
        checks=tuple(CheckResult(**check) for check in fields["checks"]),
        open_answers=tuple(OpenAnswer(**answer) for answer in fields["open_answers"]),
        usage=Usage(**fields["usage"]),
        review=tuple(fields["review"]),
        audit=tuple(fields["audit"]),
    )
