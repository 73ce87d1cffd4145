"""What the commands do with a class: grade it, show who waits for a person, tell marks.

Each function goes through the folders of one course and gives lines to print; `cli` prints them.
"""

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from tqdm import tqdm

from course_utils.instructor import executors, gradebook, grading, record, submissions
from course_utils.instructor.alone import alone
from course_utils.instructor.gradebook import by_hand, database, lateness
from course_utils.instructor.intake.submission import read
from course_utils.instructor.pages import feedback, report
from course_utils.instructor.pages.feedback import Page
from course_utils.instructor.pages.student_work import Work, headings, work_in
from course_utils.instructor.rebuild import rebuild
from course_utils.instructor.record import Record
from course_utils.instructor.submissions import Job
from course_utils.instructor.view import bubblewrap

LOCK = ".autograde.lock"


class PagesMissing(ValueError):
    """Some students' feedback could not be written."""


class NotGraded(ValueError):
    """Some submissions could not be graded, through no fault of theirs; their marks stay."""


def autograde(
    root: Path,
    assignment: str,
    *,
    workers: int | None = None,
    dask: str | None = None,
    sandboxed: bool = True,
    dry_run: bool = False,
    db_url: str | None = None,
) -> Iterator[str]:
    """Grade what is new or changed, then bring all records into the gradebook.

    Raises
    ------
    NotGraded : in the end, if the sandbox or the solution failed for somebody.
    """
    with database.reading(root, db_url):
        pass  # a database that cannot be used is told before hours of grading
    students, todo = list[str](), list[str]()
    for job in submissions.jobs(root, assignment, sandboxed=sandboxed):
        students.append(job.student)
        if not submissions.is_done(root, job):
            todo.append(job.student)
    failed = defaultdict[str, list[str]](list)
    fresh = dict[str, Record]()  # of a dry run alone: the others are read where they were saved
    if todo:
        if sandboxed and dask is None:
            bubblewrap()
        left = dict.fromkeys(todo)
        places = partial(executors.executor, workers, dask)
        jobs = partial(submissions.jobs, root, assignment, sandboxed=sandboxed)
        lock = nullcontext() if dry_run else _sole_grader(root)
        with lock, closing(_graded(root, left, jobs, places, keep=not dry_run)) as graded:
            for one in tqdm(graded, assignment, len(todo), unit="submission", leave=False):
                if not one.key:
                    failed[one.review[0]].append(one.student)
                elif dry_run:
                    fresh[one.student] = one

    def records() -> Iterator[Record]:
        for student in students:
            if student in fresh:
                yield fresh[student]
                continue
            path = record.path_of(root, assignment, student)
            if path.exists() and (one := record.load(path)).key:  # else there are no marks
                yield one

    if not dry_run:
        record.sweep(root, assignment)
    bring = gradebook.dry_run if dry_run else gradebook.write
    notebook_of = partial(_notebook, root, _release(root, assignment))
    changes = bring(records(), root=root, notebook_of=notebook_of, db_url=db_url)
    yield from map(str, changes)
    waiting = sum(bool(one.review) or any(a.changed for a in one.open_answers) for one in records())
    would = " (nothing was written)" if dry_run else ""
    count = len(todo) - sum(map(len, failed.values()))
    yield (
        f"{count} graded, {len(students) - len(todo)} as before, {len(changes)} changes in the "
        f"gradebook, {waiting} for a person: course review {assignment}{would}"
    )
    if failed:
        who = (
            f"{len(names)} ({', '.join(sorted(names)[:5])}): {why}" for why, names in failed.items()
        )
        raise NotGraded("; ".join(who))


def _sole_grader(root: Path) -> AbstractContextManager[None]:
    """Two runs in one course would grade each submission twice, and the second record stays."""
    path = root / record.FOLDER / LOCK
    path.parent.mkdir(exist_ok=True)
    what = "another course autograde runs in this course: wait until it ends, or stop it"
    return alone(path, ValueError(f"{path}: {what}"))


def _graded(
    root: Path,
    left: dict[str, None],
    jobs: Callable[..., Iterator[Job]],
    executor: Callable[[], AbstractContextManager[Executor]],
    *,
    keep: bool,
) -> Generator[Record, None, None]:
    """Records as they come. Where workers are lost the rest goes to new ones: until they are lost
    twice without a record in between."""
    lost = 0
    while left:
        try:
            with executor() as workers:
                for one in grading.grade_all(root, jobs(students=left), workers, keep=keep):
                    left.pop(one.student)
                    lost = 0
                    yield one
            return
        except executors.WorkersLost:
            lost += 1
            if lost == 2:
                raise


def review(root: Path, assignment: str, *, db_url: str | None = None) -> Iterator[str]:
    """A line for each reason to look, for each open answer, and for each who was late."""
    for one in record.load_all(root, assignment):
        for reason in one.review:
            yield f"{one.student!r}: {reason}"
        for answer in one.open_answers:
            if answer.changed:
                yield f"{one.student!r}: {answer.name}: in words, up to {answer.points} points"
    yield from lateness.lines(root, assignment, db_url=db_url)


def write_feedback(root: Path, assignment: str, *, db_url: str | None = None) -> Iterator[str]:
    """A page for each record; a line for each page that could not be written.

    Raises
    ------
    PagesMissing : in the end, if there was one.
    """
    written, failed = 0, 0
    for page in feedback_pages(root, assignment, db_url=db_url):
        written += page.path is not None
        if page.path is None:
            failed += 1
            yield f"{page.student!r}: {page.problem}"
    yield f"{written} pages in feedback/STUDENT/{assignment}/{assignment}.html"
    if failed:
        raise PagesMissing(f"pages not written: {failed}, for the reasons above; older ones stay")


def feedback_pages(
    root: Path, assignment: str, *, students: Iterable[str] = (), db_url: str | None = None
) -> Iterator[Page]:
    """Write the pages of these students, or of all that have a record."""
    release = _release(root, assignment)
    marks = by_hand.read(root, assignment, db_url=db_url)
    late = lateness.by_student(root, assignment, db_url=db_url)

    def beside(one: Record) -> Work:
        work = work_in(_notebook(root, release, one), marks.get(one.student, {}))
        if (when := late.get(one.student)) is None:
            return work
        words = str(when) if when.seconds_late else ""
        return replace(work, late=words, penalty=when.penalty or 0.0)

    return feedback.write_feedback(
        root,
        assignment,
        record.load_all(root, assignment, students),
        title=release.metadata["course"]["title"],
        questions=headings(release),
        work=beside,
    )


def write_report(root: Path, assignment: str) -> Iterator[str]:
    release = _release(root, assignment)
    path = report.write_report(
        root,
        assignment,
        record.load_all(root, assignment),
        title=release.metadata["course"]["title"],
        questions=headings(release),
    )
    yield f"written to {path}"


def _notebook(root: Path, release: NotebookNode, one: Record) -> NotebookNode:
    """The rebuilt notebook of a record, from the submission that is there."""
    data = submissions.submission(root, one.assignment, one.student)
    return rebuild(release, read(data)).notebook


def _release(root: Path, assignment: str) -> NotebookNode:
    return nbformat.reads(submissions.release(root, assignment), as_version=4)
