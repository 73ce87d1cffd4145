"""The marks of a class as a table: automatic and by hand, as they stand in the gradebook."""

from dataclasses import dataclass
from datetime import datetime

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select
from sqlalchemy.orm import scoped_session

from course_utils.instructor.gradebook.lateness import seconds_late
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
    late_seconds: float = 0.0
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
            Assignment.duedate,
            SubmittedAssignment.extension,
            SubmittedNotebook.late_submission_penalty,
            SubmittedNotebook.flagged,
            BaseCell.name,
            Grade.score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedAssignment, SubmittedAssignment.student_id == Student.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedNotebook.notebook_id == cells.notebook)
    )
    rows = dict[str, StudentMarks]()
    for student, last, first, email, *rest in session.execute(query):
        time, due, extension, penalty, flagged, cell, score, waits = rest
        person = (student, last or "", first or "", email or "", time)
        late = seconds_late(time, due, extension)
        new = StudentMarks(*person, penalty or 0.0, bool(flagged), {}, late)
        row = rows.setdefault(student, new)
        row.marks[cell] = score
        row.waits |= waits
    return [rows[student] for student in sorted(rows)]
