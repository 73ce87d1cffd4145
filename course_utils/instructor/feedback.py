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

from markupsafe import Markup

from course_utils.instructor.record import CheckResult, OpenAnswer, Record, write_whole
from course_utils.instructor.safe_html import render
from course_utils.instructor.safe_markdown import markdown
from course_utils.instructor.student_work import Mark, Work

FOLDER = "feedback"
NO_NAME = re.compile(r"[/\\\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# No page can be written then: it is not the student's problem.
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}

STATUS = {
    "passed": "passed",
    "failed": "not right yet",
    "error": "stopped with an error",
    "timeout": "took too long",
    "died": "ended the process",
    "missing": "no answer",
}


@dataclass(frozen=True)
class Page:
    """One student's page: where it lies, or why it could not be written."""

    student: str
    path: Path | None
    problem: str = ""


@dataclass(frozen=True)
class _Line:
    """One check, as the page shows it."""

    name: str
    earned: float
    points: int
    status: str
    passed: bool
    hidden: bool
    public: str


@dataclass(frozen=True)
class _Question:
    """One section of the page."""

    name: str
    heading: str
    points: int
    earned: float | None
    """None while a marker has not been there."""
    lines: tuple[_Line, ...] = ()
    code: str | None = None
    text: Markup | None = None
    unchanged: bool = False
    comments: tuple[Markup, ...] = ()


def feedback_page(
    record: Record,
    *,
    title: str,
    questions: Mapping[str, str],
    answers: Mapping[str, str],
    open_answers: Mapping[str, str],
    manual: Mapping[str, Mark],
) -> str:
    """The page of one record.

    `questions` gives headings by grade id of answer cell or open question, in the page's order
    (`student_work.headings` reads them from a release). `answers` is code, `open_answers` Markdown.
    `manual` may hold points for a check or an open question, and a comment for any cell.

    Raises
    ------
    ValueError : for points that are not finite.
    """
    found: dict[str, _Question] = {}
    for name in dict.fromkeys(check.answer for check in record.checks):
        checks = [check for check in record.checks if check.answer == name]
        found[name] = _answer(name, checks, questions, answers.get(name), manual)
    for one in record.open_answers:
        found[one.name] = _open(one, questions, open_answers.get(one.name, ""), manual)
    order = [name for name in questions if name in found]
    shown = [found[name] for name in [*order, *(name for name in found if name not in order)]]
    return render(
        "feedback.html",
        title=title,
        record=record,
        questions=shown,
        earned=sum(question.earned or 0 for question in shown),
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


def _answer(
    name: str,
    checks: list[CheckResult],
    questions: Mapping[str, str],
    code: str | None,
    manual: Mapping[str, Mark],
) -> _Question:
    lines = tuple(
        _Line(
            name=check.name,
            earned=_points(check.name, check.earned, manual),
            points=check.points,
            status=STATUS[check.status],
            passed=check.status == "passed",
            hidden=check.hidden,
            public="" if check.status == "passed" else check.public,
        )
        for check in checks
    )
    return _Question(
        name=name,
        heading=questions.get(name, name),
        points=sum(check.points for check in checks),
        earned=sum(line.earned for line in lines),
        lines=lines,
        code=code,
        comments=_comments([name, *(check.name for check in checks)], manual),
    )


def _open(
    one: OpenAnswer, questions: Mapping[str, str], text: str, manual: Mapping[str, Mark]
) -> _Question:
    marked = one.name in manual and manual[one.name].points is not None
    return _Question(
        name=one.name,
        heading=questions.get(one.name, one.name),
        points=one.points,
        earned=_points(one.name, 0, manual) if marked or not one.changed else None,
        text=markdown(text),
        unchanged=not one.changed,
        comments=_comments([one.name], manual),
    )


def _points(name: str, automatic: float, manual: Mapping[str, Mark]) -> float:
    """A person's mark, or else the automatic one."""
    mark = manual[name].points if name in manual else None
    points = automatic if mark is None else mark
    if not math.isfinite(points):
        raise ValueError(f"{name}: {points} points: give a finite number")
    return points


def _comments(names: Iterable[str], manual: Mapping[str, Mark]) -> tuple[Markup, ...]:
    texts = [manual[name].comment for name in names if name in manual]
    return tuple(markdown(text) for text in texts if text.strip())
