"""One submission -> one record; many -> records, on any executor, going on where a run was ended.

Workers keep their two sandboxes warm between jobs and write nothing; this process saves the
records.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import replace
from pathlib import Path

import nbformat

from course_utils.instructor import record as records
from course_utils.instructor import warm
from course_utils.instructor.calibration import SolutionFails
from course_utils.instructor.intake.submission import Refused, read
from course_utils.instructor.rebuild import Rebuilt, rebuild
from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from course_utils.instructor.submissions import Job
from course_utils.instructor.verdict import Verdict, judge, undefined_name
from course_utils.instructor.view import SandboxError

AHEAD, AHEAD_BYTES = 64, 2**26
"""How many jobs, and how much of submissions, an executor holds at a time: a class of any size
takes as much memory as a small one."""

LONGEST_REASON = 1000


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
