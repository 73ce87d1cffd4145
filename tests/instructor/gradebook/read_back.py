"""Marks as nbgrader reads them, and as its formgrader gives them."""

from pathlib import Path

from nbgrader.api import Gradebook

from tests.instructor.gradebook.graded import NAME


def sqlite_of(course: Path) -> str:
    return f"sqlite:///{course / 'gradebook.db'}"


def marks(url: str) -> dict[str, dict[str, tuple]]:
    """All that counts, by student and cell, as nbgrader reads it."""
    with Gradebook(url) as book:
        return {
            submission.student.id: {
                grade.name: (
                    grade.auto_score,
                    grade.manual_score,
                    grade.score,
                    grade.needs_manual_grade,
                )
                for grade in submission.notebooks[0].grades
            }
            for submission in book.assignment_submissions(NAME)
        }


def mark_by_hand(url: str, student: str, cell: str, mark: float, comment: str = "") -> None:
    """As the formgrader does."""
    with Gradebook(url) as book:
        grade = book.find_grade(cell, NAME, NAME, student)
        grade.manual_score, grade.needs_manual_grade = mark, False
        if comment:
            book.find_comment(cell, NAME, NAME, student).manual_comment = comment
        book.db.commit()
