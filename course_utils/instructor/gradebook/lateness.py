"""Who was late, and what it costs, by nbgrader's own rules.

The due date is nbgrader's, which the formgrader edits, as are extensions (`nbgrader db`), all in
UTC. The penalty is what the plugin says that `nbgrader_config.py` names for nbgrader's step
AssignLatePenalties; nbgrader's own gives none, unless LateSubmissionPlugin.penalty_method is set.
As it depends on due date, extension and all marks, also those by hand, it is found anew for the
whole class each time, not only for new records.
"""

import math
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
from course_utils.instructor.gradebook.released_cells import Cells

CONFIG = "nbgrader_config.py"


@dataclass(frozen=True)
class Submission:
    """One that is late, or has a penalty."""

    student: str
    notebook: str
    seconds_late: float
    score: float
    """Before the penalty."""
    penalty: float | None

    def __str__(self) -> str:
        return f"late by {timedelta(seconds=round(self.seconds_late))}"


def seconds_late(
    submitted: datetime | None, due: datetime | None, extension: timedelta | None
) -> float:
    """As nbgrader counts them: 0 if it was in time, or nobody knows."""
    if submitted is None or due is None:
        return 0.0
    return max(0.0, (submitted - due - (extension or timedelta())).total_seconds())


def read(session: scoped_session, cells: Cells) -> list[Submission]:
    """The late ones and those with a penalty, by student."""
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
            Assignment.duedate,
            SubmittedAssignment.extension,
            marks.c.score,
            SubmittedNotebook.late_submission_penalty,
        )
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(marks, marks.c.notebook_id == SubmittedNotebook.id)
        .where(SubmittedNotebook.notebook_id == cells.notebook)
        .order_by(SubmittedAssignment.student_id)
    )
    found = [
        Submission(student, notebook, seconds_late(*times), score or 0.0, penalty)
        for student, notebook, *times, score, penalty in session.execute(query)
    ]
    return [one for one in found if one.seconds_late or one.penalty is not None]


def assign(root: Path, session: scoped_session, cells: Cells, assignment: str) -> list[Change]:
    """Give each submission its penalty; the caller commits. What moved is told."""
    submissions = read(session, cells)
    if not submissions:
        return []
    step = AssignLatePenalties(config=_config(root))
    step.init_plugin()
    new, moved = [], []
    for one in submissions:
        penalty = _penalty(step, one)
        if penalty == one.penalty:
            continue
        new.append({"id": one.notebook, "late_submission_penalty": penalty})
        before, after = one.penalty or 0.0, penalty or 0.0
        if before != after:
            note = f"{one}: penalty {before:g} -> {after:g}" if one.seconds_late else "in time"
            scores = [max(0.0, one.score - points) for points in (before, after)]
            moved.append(Change(assignment, one.student, scores[0], scores[1], notes=(note,)))
    if new:
        session.execute(update(SubmittedNotebook), new)
    return moved


def lines(root: Path, assignment: str, *, db_url: str | None = None) -> list[str]:
    """A line for each submission that is late."""
    with database.reading(root, db_url) as gradebook:
        cells = released_cells.find(gradebook.db, assignment) if gradebook else None
        if gradebook is None or cells is None:
            return []
        late = [one for one in read(gradebook.db, cells) if one.seconds_late]
    return [
        f"{one.student!r}: {one}" + (f", {one.penalty:g} points off" if one.penalty else "")
        for one in late
    ]


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
        raise ValueError(f"{what}: let it return points, or None")
    return min(max(float(said), 0.0), one.score)
