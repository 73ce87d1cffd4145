"""What there is to grade: submissions in nbgrader's folders -> jobs, plain data for any machine."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC
from pathlib import Path

from course_utils import __version__
from course_utils.checks.plain_json import MAX_BYTES
from course_utils.instructor import record as records
from course_utils.instructor.task import Task, read_task
from course_utils.instructor.view import PACKAGE

SUBMITTED = "submitted"


@dataclass(frozen=True)
class Job:
    """A submission and all that its marks depend on."""

    task: Task
    release: str
    """The released notebook, as JSON."""
    student: str
    data: bytes
    submitted: str
    key: str
    sandboxed: bool = True


def jobs(
    root: Path, assignment: str, *, sandboxed: bool = True, students: Iterable[str] = ()
) -> Iterator[Job]:
    """All submissions of an assignment, as nbgrader's folders hold them, by student.

    Each is read when it is asked for.
    """
    task = read_task(root, assignment)
    released = release(root, assignment)
    common = _hash(asdict(task), released, _package(), __version__, sandboxed)
    chosen = set(students)
    for folder in sorted((root / SUBMITTED).glob("*")):
        path = _path(root, assignment, folder.name)
        if (chosen and folder.name not in chosen) or not _is_plain(path):
            continue
        data = _read(path)
        key = _hash(common, hashlib.sha256(data).hexdigest())
        time = _timestamp(path.parent / "timestamp.txt")
        yield Job(task, released, folder.name, data, time, key, sandboxed)


def is_done(root: Path, job: Job) -> bool:
    """Whether there is a record of just this submission, judged by just this."""
    path = records.path_of(root, job.task.assignment, job.student)
    try:
        return records.load(path).key == job.key
    except (OSError, records.RecordError):
        return False


def release(root: Path, assignment: str) -> str:
    """The released notebook, as JSON; ValueError if there is none."""
    path = root / "exercises" / assignment / f"{assignment}.ipynb"
    if not path.is_file():
        raise ValueError(f"no assignment {assignment!r} in exercises/: course notebooks")
    return path.read_text(encoding="utf-8")


def submission(root: Path, assignment: str, student: str) -> bytes:
    """What a student has handed in; FileNotFoundError if there is nothing."""
    path = _path(root, assignment, student)
    if Path(student).name != student or not _is_plain(path):
        raise FileNotFoundError(f"{student!r}: the submission is no longer there")
    return _read(path)


def _read(path: Path) -> bytes:
    """The bytes of a file; of one that is too long to be taken, just so many that it shows."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _path(root: Path, assignment: str, student: str) -> Path:
    return root / SUBMITTED / student / assignment / f"{assignment}.ipynb"


def _is_plain(path: Path) -> bool:
    """A file of its own, with no link on the way to it below the course's folder."""
    return path.is_file() and not any(p.is_symlink() for p in (path, *path.parents[:2]))


def _timestamp(path: Path) -> str:
    """When it was taken in, by nbgrader's file, in ISO 8601; empty if nobody wrote it."""
    from nbgrader.utils import parse_utc  # workers need none of it

    try:
        text = path.read_text(encoding="utf-8").strip()[:64]
        return parse_utc(text).replace(tzinfo=UTC).isoformat() if text else ""
    except (OSError, ValueError, OverflowError):
        return ""


def _package() -> str:
    """Hash of the package's source, on which checks depend."""
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*.py")):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
