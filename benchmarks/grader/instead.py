"""A record that looks like a graded one, without a sandbox: where the main process is measured.

`python -m benchmarks.grader.instead NAME` is `course autograde NAME` with this in the workers; in
the end it prints the most memory that the main process has had, in bytes.
"""

import sys
from pathlib import Path

from course_utils.instructor import classroom, grading
from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from course_utils.instructor.submissions import Job


def grade(job: Job) -> Record:
    """Full marks, after the submission has been read and rebuilt as always."""
    built = grading.rebuilt(job)
    return Record(
        assignment=job.task.assignment,
        student=job.student,
        key=job.key,
        submitted=job.submitted,
        checks=tuple(
            CheckResult(c.name, c.answer, c.points, c.points, "passed") for c in job.task.checks
        ),
        open_answers=tuple(OpenAnswer(*question, True) for question in job.task.open_points),
        usage=Usage(1.0, 1.0, 1),
        audit=built.audit,
    )


def peak(pid: str = "self") -> int:
    """Bytes of memory that a process held at most."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) * 1024


def main(name: str) -> None:
    from benchmarks.grader import instead  # workers find it by this name, not as __main__

    grading.grade = instead.grade
    for _ in classroom.autograde(Path(), name, workers=2, sandboxed=False):
        pass
    print(peak())


if __name__ == "__main__":
    main(*sys.argv[1:])
