"""What people gave and wrote in the formgrader: for the feedback pages."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import or_, select

from course_utils.instructor.gradebook import database, released_cells
from course_utils.instructor.pages.student_work import Mark


def read(
    root: Path, assignment: str, *, db_url: str | None = None
) -> Mapping[str, Mapping[str, Mark]]:
    """By student and cell, of all who handed in; only the cells a person has touched."""
    found: dict[str, dict[str, Mark]] = defaultdict(dict)
    with database.reading(root, db_url) as gradebook:
        cells = released_cells.find(gradebook.db, assignment) if gradebook else None
        if gradebook is None or cells is None:
            return found
        touched = or_(Grade.manual_score.is_not(None), Grade.extra_credit.is_not(None))
        for kind, value, names, by_hand in (
            (Grade, Grade.score, cells.graded, touched),
            (Comment, Comment.manual_comment, cells.commented, Comment.manual_comment != ""),
        ):
            query = (
                select(SubmittedAssignment.student_id, kind.cell_id, value)
                .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
                .join(kind, kind.notebook_id == SubmittedNotebook.id)
                .where(SubmittedNotebook.notebook_id == cells.notebook, by_hand)
            )
            field = "points" if kind is Grade else "comment"
            for student, cell, given in gradebook.db.execute(query):
                name = names[cell]
                found[student][name] = replace(found[student].get(name, Mark()), **{field: given})
    return found
