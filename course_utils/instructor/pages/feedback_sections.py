"""The sections of a feedback page: a question, its points, and what was said about the answer."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from course_utils.instructor.pages.safe_markdown import markdown
from course_utils.instructor.pages.student_work import Mark, Work
from course_utils.instructor.record import CheckResult, OpenAnswer, Record

STATUS = {
    "passed": "passed",
    "failed": "not right yet",
    "error": "stopped with an error",
    "timeout": "took too long",
    "died": "ended the process",
    "missing": "no answer",
}


@dataclass(frozen=True)
class Line:
    """One check, as the page shows it."""

    name: str
    earned: float
    points: int
    status: str
    passed: bool
    hidden: bool
    public: str


@dataclass(frozen=True)
class Question:
    """One section of the page."""

    name: str
    heading: str
    points: int
    earned: float | None
    """None while a marker has not been there."""
    lines: tuple[Line, ...] = ()
    code: str | None = None
    text: Markup | None = None
    unchanged: bool = False
    comments: tuple[Markup, ...] = ()


def sections(record: Record, questions: Mapping[str, str], work: Work) -> list[Question]:
    """One for each answer with its checks, and for each open question, in the order of headings.

    Raises
    ------
    ValueError : for points that are not finite.
    """
    found: dict[str, Question] = {}
    for name in dict.fromkeys(check.answer for check in record.checks):
        checks = [check for check in record.checks if check.answer == name]
        found[name] = _answer(name, checks, questions, work.answers.get(name), work.manual)
    for one in record.open_answers:
        found[one.name] = _open(one, questions, work.open_answers.get(one.name, ""), work.manual)
    order = [name for name in questions if name in found]
    return [found[name] for name in dict.fromkeys([*order, *found])]


def _answer(
    name: str,
    checks: list[CheckResult],
    questions: Mapping[str, str],
    code: str | None,
    manual: Mapping[str, Mark],
) -> Question:
    lines = tuple(
        Line(
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
    return Question(
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
) -> Question:
    marked = one.name in manual and manual[one.name].points is not None
    return Question(
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
