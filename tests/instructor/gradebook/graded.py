"""A course with one assignment, submissions, and records of them made by hand."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils.instructor.gradebook import released_cells
from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from tests.bank import ROOT

NAME = "lazy_training"
OPEN = "meaning_of_the_plots"
RELEASE = released_cells.read(ROOT, NAME)
CHECKS = {name: points for name, points in RELEASE.points.items() if name != OPEN}
ANSWERS = sorted(RELEASE.solutions - {OPEN}, key=len, reverse=True)


def make_course(root: Path) -> Path:
    """The sources and the release of one assignment, as in the repository."""
    for folder in ("solutions", "exercises"):
        shutil.copytree(ROOT / folder / NAME, root / folder / NAME)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    return root


def answer_of(check: str) -> str:
    return next(answer for answer in ANSWERS if check.startswith(f"check_{answer}"))


def record(
    student: str,
    *,
    lost: Iterable[str] = (),
    missing: Iterable[str] = (),
    changed: bool = True,
    key: str = "1",
    review: tuple[str, ...] = (),
    submitted: str = "2026-11-24T11:30:00+01:00",
) -> Record:
    """The record of a submission that lost some checks and answered the open question or not."""
    checks = []
    for name, points in CHECKS.items():
        gone = answer_of(name) in missing
        status = "missing" if gone else "failed" if name in lost else "passed"
        bad = status != "passed"
        public, values = ("the slope is off", "expected 1.25, received 2.5") if bad else ("", "")
        earned = 0 if bad else int(points)
        checks.append(
            CheckResult(name, answer_of(name), int(points), earned, status, public, values)
        )
    open_answer = OpenAnswer(OPEN, int(RELEASE.points[OPEN]), changed)
    return Record(
        *(NAME, student, key, submitted),
        checks=tuple(checks),
        open_answers=(open_answer,),
        usage=Usage(cpu=1.0, wall=1.0, peak=1),
        review=review,
    )


def notebook(texts: dict[str, str] | None = None) -> NotebookNode:
    """The release with some answers put in."""
    node = nbformat.read(ROOT / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in node.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = (texts or {}).get(name, cell.source)
    return node


class Notebooks:
    """Rebuilt notebooks by student; counts how often one was asked for."""

    def __init__(self, texts: dict[str, dict[str, str]] | None = None) -> None:
        self.texts = texts or {}
        self.asked: list[str] = []

    def __call__(self, record: Record) -> NotebookNode:
        self.asked.append(record.student)
        return notebook(self.texts.get(record.student))
