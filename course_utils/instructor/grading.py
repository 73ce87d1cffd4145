"""One submission -> one record; many -> records, on any executor, going on where a run was ended.

A job is plain data and needs no files, so that it can run on another machine. Workers keep their
two sandboxes warm between jobs and write nothing; this process saves the records.
"""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import asdict, dataclass, replace
from datetime import UTC
from pathlib import Path

import nbformat

from course_utils import __version__
from course_utils.instructor import record as records
from course_utils.instructor import warm
from course_utils.instructor.calibration import SolutionFails
from course_utils.instructor.intake.submission import Refused, read
from course_utils.instructor.rebuild import Rebuilt, rebuild
from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from course_utils.instructor.task import Task, read_task
from course_utils.instructor.verdict import Verdict, judge, undefined_name
from course_utils.instructor.view import PACKAGE, SandboxError

SUBMITTED = "submitted"
AHEAD, AHEAD_BYTES = 64, 2**26
"""How many jobs, and how much of submissions, an executor holds at a time: a class of any size
takes as much memory as a small one."""

LONGEST_REASON = 1000


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
        data = path.read_bytes()
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


def grade_all(
    root: Path, work: Iterable[Job], executor: Executor, *, keep: bool = True
) -> Iterator[Record]:
    """Grade on an executor and save each record as it comes; what timed out runs again, alone.

    `keep=False` saves nothing. Jobs are taken from `work` as the executor gets on.
    """
    late = []
    for job, record in _graded(work, executor):
        if any(check.status == "timeout" for check in record.checks):
            late.append(job)
        else:
            yield _kept(root, record, keep)
    for job in late:
        yield _kept(root, executor.submit(grade, job).result(), keep)


def _graded(work: Iterable[Job], executor: Executor) -> Iterator[tuple[Job, Record]]:
    """Jobs with their records as they come; what has not begun is called off in the end."""
    jobs, underway = iter(work), dict[Future[Record], Job]()
    try:
        while True:
            while len(underway) < AHEAD and _bytes(underway.values()) < AHEAD_BYTES:
                if (job := next(jobs, None)) is None:
                    break
                underway[executor.submit(grade, job)] = job
            if not underway:
                return
            for future in wait(underway, return_when=FIRST_COMPLETED).done:
                yield underway.pop(future), future.result()
    finally:
        for future in underway:
            future.cancel()


def _bytes(jobs: Iterable[Job]) -> int:
    return sum(len(job.data) for job in jobs)


def _kept(root: Path, record: Record, keep: bool) -> Record:
    """Saved, but for one that could not be graded where there is an earlier one: marks stay."""
    path = records.path_of(root, record.assignment, record.student)
    if keep and (record.key or not path.exists()):
        records.save(root, record)
    return record


def grade(job: Job) -> Record:
    """The record of one submission. Whatever is in it, this returns."""
    base = Record(
        assignment=job.task.assignment,
        student=job.student,
        key=job.key,
        submitted=job.submitted,
        checks=tuple(
            CheckResult(c.name, c.answer, c.points, 0, "missing") for c in job.task.checks
        ),
        open_answers=tuple(OpenAnswer(*question, False) for question in job.task.open_points),
        usage=Usage(0.0, 0.0, 0),
        sandboxed=job.sandboxed,
    )
    try:
        built = rebuilt(job)
        verdict = _judged(job, built)
    except Refused as error:
        return replace(base, review=(f"the file cannot be read: {error}",))
    except Exception as error:  # hostile text may find any fault of any library
        known = isinstance(error, SandboxError | SolutionFails)
        what = " ".join((str(error) if known else f"{type(error).__name__}: {error}").split())
        why = f"not graded, {what[:LONGEST_REASON]}: autograde again"
        return replace(base, key="", review=(why,))  # without a key: not done
    return replace(
        base,
        checks=verdict.checks,
        usage=verdict.usage,
        open_answers=tuple(
            replace(answer, changed=answer.name not in built.missing)
            for answer in base.open_answers
        ),
        review=(*built.doubts, *_discarded(verdict, built)),
        audit=built.audit,
    )


def _judged(job: Job, built: Rebuilt) -> Verdict:
    """The verdict; where the sandbox itself breaks down, once more in a new one."""
    with warm.one_at_a_time:
        try:
            return _judged_here(job, built)
        except SandboxError:
            warm.close()
            return _judged_here(job, built)


def _judged_here(job: Job, built: Rebuilt) -> Verdict:
    boxes = warm.boxes(job.task, sandboxed=job.sandboxed)
    task = warm.for_this_machine(job.task, sandboxed=job.sandboxed)
    return judge(task, built.answers, boxes)


def rebuilt(job: Job) -> Rebuilt:
    """The released notebook with this student's answers; Refused if the file is no notebook."""
    return rebuild(nbformat.reads(job.release, as_version=4), read(job.data))


def _discarded(verdict: Verdict, built: Rebuilt) -> Iterator[str]:
    """Checks that failed for want of a name that a cell of the student's own defines."""
    for check in verdict.checks:
        name = undefined_name(check)
        if name in built.discarded_names:
            yield f"{check.name}: {name!r} is defined in {built.discarded_names[name]}, not graded"


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
    return path.read_bytes()


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
