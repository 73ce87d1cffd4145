"""Who was late, and what it costs, by nbgrader's own rules.

The due date is nbgrader's, which the formgrader edits, as are extensions (`nbgrader db`), all in
UTC. The penalty is what the plugin says that `nbgrader_config.py` names for nbgrader's step
AssignLatePenalties; nbgrader's own gives none, unless LateSubmissionPlugin.penalty_method is set.
As it depends on due date, extension and all marks, also those by hand, it is found anew for the
whole class each time, not only for new records.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nbgrader.api import Assignment, Grade, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import func, select, update
from sqlalchemy.orm import scoped_session
from traitlets.config import Config, PyFileConfigLoader

from course_utils.instructor.gradebook import database, released_cells
from course_utils.instructor.gradebook.changes import Change
from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.gradebook.released_cells import Cells

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Submission:
    """One that is late, or has a penalty."""

    student: str
    notebook: str
    """Its id; empty if it is not in the gradebook yet."""
    seconds_late: float
    score: float
    """Before the penalty."""
    penalty: float | None

    def __str__(self) -> str:
        return f"late by {timedelta(seconds=round(self.seconds_late))}"


@dataclass(frozen=True)
class Coming:
    """What is going to be in the gradebook of a student."""

    submitted: datetime | None
    score: float
    """Before any penalty."""


NOTHING: Mapping[str, Coming] = {}


def seconds_late(
    submitted: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """As nbgrader counts them: 0 if it was in time, or nobody knows."""
    if submitted is None or due is None:
        return 0.0
    return max(0.0, (submitted - due - (extension or timedelta())).total_seconds())


def read(
    session: scoped_session, cells: Cells, coming: Mapping[str, Coming] = NOTHING
) -> list[Submission]:
    """The late ones and those with a penalty, by student; as they will be once `coming` is in."""
    marks = (
        select(Grade.notebook_id, func.sum(Grade.score).label("score"))
        .where(Grade.cell_id.in_(list(cells.graded)))
        .group_by(Grade.notebook_id)
        .subquery()
    )
    query = (
        select(
            SubmittedAssignment.student_id,
            SubmittedNotebook.id,
            SubmittedAssignment.timestamp,
            marks.c.score,
            SubmittedAssignment.extension,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(marks, marks.c.notebook_id == SubmittedNotebook.id)
        .where(SubmittedNotebook.notebook_id == cells.notebook)
    )
    due = session.scalar(select(Assignment.duedate).where(Assignment.id == cells.assignment))
    found = dict[str, Submission]()
    for student, notebook, time, score, extension, penalty in session.execute(query):
        new = coming.get(student, Coming(time, score or 0.0))
        late = seconds_late(new.submitted, due, extension)
        found[student] = Submission(student, notebook, late, new.score, penalty)
    for student, new in coming.items():
        if student not in found:
            late = seconds_late(new.submitted, due, None)
            found[student] = Submission(student, "", late, new.score, None)
    known = (found[student] for student in sorted(found))
    return [one for one in known if one.seconds_late or one.penalty is not None]


def assign(root: Path, session: scoped_session, cells: Cells, assignment: str) -> list[Change]:
    """Give each submission its penalty; the caller commits. What moved is told."""
    penalties = _penalties(root, read(session, cells))
    new = [
        {"id": one.notebook, "late_submission_penalty": penalty}
        for one, penalty in penalties
        if penalty != one.penalty
    ]
    if new:
        session.execute(update(SubmittedNotebook), new)
    return _moved(assignment, penalties)


def foretell(
    root: Path,
    session: scoped_session,
    cells: Cells,
    assignment: str,
    coming: Mapping[str, Coming],
) -> list[Change]:
    """What `assign` will tell once `coming` is in; nothing is written."""
    return _moved(assignment, _penalties(root, read(session, cells, coming)))


def by_student(root: Path, assignment: str, *, db_url: str | None = None) -> dict[str, Submission]:
    """Those who are late or have a penalty, as the gradebook has them; empty if there is none."""
    with database.reading(root, db_url) as gradebook:
        cells = released_cells.find(gradebook.db, assignment) if gradebook else None
        found = read(gradebook.db, cells) if gradebook and cells else []
    return {one.student: one for one in found}


def lines(root: Path, assignment: str, *, db_url: str | None = None) -> list[str]:
    """A line for each submission that is late."""
    late = by_student(root, assignment, db_url=db_url).values()
    return [
        f"{one.student!r}: {one}" + (f", {one.penalty:g} points off" if one.penalty else "")
        for one in late
        if one.seconds_late
    ]


def _moved(assignment: str, penalties: list[tuple[Submission, float | None]]) -> list[Change]:
    """Whose points move, and why."""
    moved = []
    for one, penalty in penalties:
        before, after = one.penalty or 0.0, penalty or 0.0
        if before != after:
            note = f"{one}: penalty {before:g} -> {after:g}" if one.seconds_late else "in time"
            scores = [max(0.0, one.score - points) for points in (before, after)]
            moved.append(Change(assignment, one.student, scores[0], scores[1], notes=(note,)))
    return moved


def _penalties(root: Path, submissions: list[Submission]) -> list[tuple[Submission, float | None]]:
    """Each with the penalty that the course's plugin gives it."""
    if not submissions:
        return []
    try:
        step = AssignLatePenalties(config=_config(root))
        step.init_plugin()
        return [(one, _penalty(step, one)) for one in submissions]
    except GradebookError:
        raise
    except Exception as error:  # settings and plugin are code of the course
        what = " ".join(f"{type(error).__name__}: {error}".split())
        raise GradebookError(f"late penalties, by {CONFIG}: {what}: mend it there") from None


def _config(root: Path) -> Config:
    """The settings of the course, as nbgrader reads them."""
    if not (root / CONFIG).is_file():
        return Config()
    return PyFileConfigLoader(CONFIG, path=str(root.absolute())).load_config()


def _penalty(step: AssignLatePenalties, one: Submission) -> float | None:
    """Within the score, as nbgrader keeps it; None where there is none."""
    if not one.seconds_late:
        return None
    plugin = step.plugin_inst
    said = plugin.late_submission_penalty(one.student, one.score, one.seconds_late)
    if said is None:
        return None
    if not math.isfinite(said):
        what = f"{type(plugin).__name__}: a penalty of {said!r} for {one.student!r}"
        raise GradebookError(f"{what}: let it return points, or None")
    return min(max(float(said), 0.0), one.score)
