"""What a student gets back: one safe page, `feedback/STUDENT/NAME/NAME.html`.

It shows points, the public part of what failed checks said, the student's own answers, and what a
marker wrote. It never shows hidden tests, expected values, tracebacks, or why a person has to look.
"""

import errno
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from course_utils.instructor.pages.feedback_sections import sections
from course_utils.instructor.pages.safe_html import render
from course_utils.instructor.pages.student_work import Mark, Work
from course_utils.instructor.record import Record, write_whole

FOLDER = "feedback"
NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# No page can be written then: it is not the student's problem.
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


@dataclass(frozen=True)
class Page:
    """One student's page: where it lies, or why it could not be written."""

    student: str
    path: Path | None
    problem: str = ""


def feedback_page(
    record: Record,
    *,
    title: str,
    questions: Mapping[str, str],
    answers: Mapping[str, str],
    open_answers: Mapping[str, str],
    manual: Mapping[str, Mark],
    late: str = "",
    penalty: float = 0.0,
) -> str:
    """The page of one record.

    `questions` gives headings by grade id of answer cell or open question, in the page's order
    (`student_work.headings` reads them from a release). `answers` is code, `open_answers` Markdown.
    `manual` may hold points for a check or an open question, and a comment for any cell.
    `late` says in words how late it was; `penalty` is the points that are taken off for it.

    Raises
    ------
    ValueError : for points that are not finite.
    """
    if not math.isfinite(penalty):
        raise ValueError(f"a penalty of {penalty} points: give a finite number")
    shown = sections(record, questions, Work(answers, open_answers, manual))
    return render(
        "feedback.html",
        title=title,
        record=record,
        questions=shown,
        earned=max(0.0, sum(question.earned or 0 for question in shown) - penalty),
        late=late,
        penalty=penalty,
        points_in_all=sum(question.points for question in shown),
        unmarked=[question for question in shown if question.earned is None],
    )


def write_feedback(
    root: Path,
    assignment: str,
    records: Iterable[Record],
    *,
    title: str,
    questions: Mapping[str, str],
    work: Callable[[Record], Work],
) -> Iterator[Page]:
    """Write the pages one by one, as they are asked for; one that breaks leaves its old one.

    `work` fetches what stands beside a record. Whatever it raises is that student's problem alone.

    Raises
    ------
    OSError : for a disk that is full or read-only.
    """
    for record in records:
        try:
            if record.assignment != assignment:
                raise ValueError(f"a record of {record.assignment!r}, not of {assignment!r}")
            path = page_path(root, assignment, record.student)
            beside = work(record)
            page = feedback_page(
                record,
                title=title,
                questions=questions,
                answers=beside.answers,
                open_answers=beside.open_answers,
                manual=beside.manual,
                late=beside.late,
                penalty=beside.penalty,
            )
            write_whole(path, page)
        except Exception as error:  # hostile text may find any fault of any library
            if isinstance(error, OSError) and error.errno in DISK:
                raise
            problem = " ".join(f"{type(error).__name__}: {error}".split())
            yield Page(record.student, None, problem)
        else:
            yield Page(record.student, path)


def page_path(root: Path, assignment: str, student: str) -> Path:
    """Where nbgrader puts feedback; ValueError for a name that would lead elsewhere."""
    for what, name in (("assignment", assignment), ("student", student)):
        if name in ("", ".", "..") or NO_NAME.search(name):
            raise ValueError(f"{what} {name!r}: no name for a folder; rename and take it in again")
    return root / FOLDER / student / assignment / f"{assignment}.html"
