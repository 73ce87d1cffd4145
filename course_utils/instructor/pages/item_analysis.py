"""What the records of a class say of its checks and questions: numbers, no names but for review.

A question is an answer cell with all its checks. Its points are the automatic ones.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from course_utils.instructor.pages.safe_html import message
from course_utils.instructor.record import Record

FEWEST = 10
"""Submissions, below which a correlation says nothing."""
SHARED = 3
"""Submissions that have to share a message before the class sees it: it may quote an answer."""


@dataclass(frozen=True)
class CheckFigures:
    """How one check ended, over the class."""

    name: str
    answer: str
    points: int
    endings: Mapping[str, int]
    """Status -> number of submissions."""
    messages: tuple[tuple[str, int], ...]
    """The most frequent public messages of comparisons that did not hold."""

    @property
    def submissions(self) -> int:
        return sum(self.endings.values())

    @property
    def passed(self) -> int:
        return self.count(["passed"])

    def count(self, statuses: Iterable[str]) -> int:
        """Submissions in which it ended in one of these ways."""
        return sum(self.endings.get(status, 0) for status in statuses)


@dataclass(frozen=True)
class QuestionFigures:
    """How hard one question was, and whether it tells strong submissions from weak ones."""

    name: str
    points: int
    difficulty: float
    """1 minus the mean share of its points that was earned."""
    discrimination: float | None
    """Correlation of its points with the rest of the score."""
    undefined: str = ""
    """Why there is no discrimination."""


@dataclass(frozen=True)
class ClassFigures:
    """A class."""

    points: int
    """The most automatic points there are."""
    earned: NDArray[np.float64]
    cpu: NDArray[np.float64]
    """Automatic points and CPU seconds, one number a submission."""
    peak: int
    restarts: int
    checks: tuple[CheckFigures, ...]
    questions: tuple[QuestionFigures, ...]
    to_mark: int
    """Open answers that were changed."""
    unsandboxed: int
    review: tuple[tuple[str, tuple[str, ...]], ...]
    """Student and reasons."""
    uneven: bool
    """Whether some records hold other checks than the rest."""


def analyse(records: Iterable[Record]) -> ClassFigures:
    """Read each record once.

    Raises
    ------
    ValueError : for records of several assignments, and for numbers that are not finite.
    """
    endings: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, Counter[str]] = defaultdict(Counter)
    cells: dict[str, tuple[str, int]] = {}
    questions: list[dict[str, tuple[int, int]]] = []
    cpu, peaks, restarts, unsandboxed, to_mark = [], [0], 0, 0, 0
    review, kinds, assignments = [], set(), set()
    for record in records:
        _verify(record)
        assignments.add(record.assignment)
        mine: dict[str, tuple[int, int]] = {}
        for check in record.checks:
            cells[check.name] = check.answer, check.points
            endings[check.name][check.status] += 1
            if check.status == "failed" and check.public:
                said[check.name][message(check.public)] += 1
            earned, points = mine.get(check.answer, (0, 0))
            mine[check.answer] = earned + check.earned, points + check.points
        questions.append(mine)
        cpu.append(record.usage.cpu)
        peaks.append(record.usage.peak)
        restarts += record.usage.restarts
        unsandboxed += not record.sandboxed
        to_mark += sum(one.changed for one in record.open_answers)
        kinds.add(tuple(sorted((check.name, check.points) for check in record.checks)))
        if record.review:
            review.append((record.student, record.review))
    if len(assignments) > 1:
        raise ValueError(f"records of several assignments, {sorted(assignments)}: give one's")
    return ClassFigures(
        points=max((sum(p for _, p in one.values()) for one in questions), default=0),
        earned=np.array([sum(e for e, _ in one.values()) for one in questions], dtype=np.float64),
        cpu=np.array(cpu, dtype=np.float64),
        peak=max(peaks),
        restarts=restarts,
        checks=tuple(
            CheckFigures(name, *cells[name], endings[name], _shared(said[name])) for name in cells
        ),
        questions=tuple(
            question_figures(name, questions)
            for name in dict.fromkeys(a for a, _ in cells.values())
        ),
        to_mark=to_mark,
        unsandboxed=unsandboxed,
        review=tuple(review),
        uneven=len(kinds) > 1,
    )


def question_figures(
    name: str, submissions: Iterable[Mapping[str, tuple[int, int]]]
) -> QuestionFigures:
    """Difficulty and discrimination of a question, from earned and full points by question."""
    rows = [one for one in submissions if name in one]
    earned = np.array([one[name][0] for one in rows], dtype=np.float64)
    points = np.array([one[name][1] for one in rows], dtype=np.float64)
    rest = np.array([sum(e for e, _ in one.values()) for one in rows]) - earned
    share = np.divide(earned, points, out=np.ones_like(earned), where=points > 0)
    if len(rows) < FEWEST:
        undefined = f"fewer than {FEWEST} submissions"
    elif np.ptp(earned) == 0:
        undefined = "all earned the same in it"
    elif np.ptp(rest) == 0:
        undefined = "all earned the same in the rest"
    else:
        undefined = ""
    correlation = None if undefined else float(np.corrcoef(earned, rest)[0, 1])
    return QuestionFigures(
        name, int(points.max()), abs(round(1 - float(share.mean()), 12)), correlation, undefined
    )


def _verify(record: Record) -> None:
    """JSON may hold NaN: one such record would spoil every mean."""
    usage = record.usage
    numbers = [usage.cpu, usage.peak, usage.restarts]
    numbers += [number for check in record.checks for number in (check.earned, check.points)]
    if not all(math.isfinite(number) for number in numbers):
        raise ValueError(
            f"the record of {record.student!r} holds a number that is not finite: "
            "remove it and autograde again"
        )


def _shared(messages: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple((text, n) for text, n in messages.most_common(3) if n >= SHARED)
