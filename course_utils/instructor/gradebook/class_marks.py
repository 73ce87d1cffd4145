"""The marks of a class as a table: automatic and by hand, as they stand in the gradebook."""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    BaseCell,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from course_utils.instructor.gradebook.released_cells import Cells


@dataclass
class StudentMarks:
    """The marks of one student."""

    student: str
    last_name: str
    first_name: str
    email: str
    submitted: datetime | None
    penalty: float
    flagged: bool
    marks: dict[str, float]
    waits: bool = False

    @property
    def points(self) -> float:
        return sum(self.marks.values())

    @property
    def score(self) -> float:
        return max(0.0, self.points - self.penalty)

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first_name, self.last_name) if part)


def read(session: scoped_session, cells: Cells) -> list[StudentMarks]:
    """All submissions with their marks, by student."""
    query = (
        select(
            Student.id,
            Student.last_name,
            Student.first_name,
            Student.email,
            SubmittedAssignment.timestamp,
            SubmittedNotebook.late_submission_penalty,
            SubmittedNotebook.flagged,
            BaseCell.name,
            Grade.score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedNotebook.notebook_id == cells.notebook)
    )
    rows = dict[str, StudentMarks]()
    for student, last, first, email, time, penalty, flagged, cell, score, waits in session.execute(
        query
    ):
        person = (student, last or "", first or "", email or "", time)
        row = rows.setdefault(student, StudentMarks(*person, penalty or 0.0, bool(flagged), {}))
        row.marks[cell] = score
        row.waits |= waits
    return [rows[student] for student in sorted(rows)]
