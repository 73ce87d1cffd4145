"""The rows of submissions in nbgrader's gradebook, read and written many at a time.

nbgrader's own calls commit once per cell. These use its tables and its session in bulk. Every query
names cells and submissions both: nbgrader's indexes begin with the cell, and without it each query
would read the whole table.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Select, and_, delete, insert, inspect, select, update
from sqlalchemy.orm import scoped_session

from course_utils.instructor.gradebook.database import GRADED
from course_utils.instructor.gradebook.marks import Held, Mark, Remark
from course_utils.instructor.gradebook.released_cells import Cells


@dataclass
class Stored:
    """A submission in the gradebook, with the ids of its rows."""

    submission: str
    notebook: str | None
    timestamp: datetime | None
    flagged: bool = False
    answers: dict[str, str] | None = None
    reviewed: bool = False
    marks: dict[str, Mark] = field(default_factory=dict)
    remarks: dict[str, Remark] = field(default_factory=dict)
    ids: dict[type, dict[str, str]] = field(default_factory=lambda: {Grade: {}, Comment: {}})

    @property
    def held(self) -> Held:
        return Held(self.marks, self.remarks, self.flagged, self.answers, self.reviewed)


@dataclass(frozen=True)
class Row:
    """What is to be stored for a student."""

    student: str
    timestamp: datetime | None
    digest: str
    after: Held


def digests(session: scoped_session, cells: Cells, students: Iterable[str]) -> dict[str, str]:
    """By student, what tells which record is in."""
    if not _has_ours(session):
        return {}
    query = _of([SubmittedAssignment.student_id, GRADED.c.digest], cells, students)
    query = query.join(GRADED, GRADED.c.submission == SubmittedNotebook.id)
    return dict(session.execute(query).all())


def stored(
    session: scoped_session, cells: Cells, students: Iterable[str], *, lock: bool
) -> dict[str, Stored]:
    """By student, all that the gradebook holds of the submission.

    With `lock` a mark that a person saves meanwhile waits until ours are in.
    """
    columns = [
        SubmittedAssignment.student_id,
        SubmittedAssignment.id,
        SubmittedNotebook.id,
        SubmittedAssignment.timestamp,
        SubmittedNotebook.flagged,
    ]
    found, by_notebook = dict[str, Stored](), dict[str, Stored]()
    for student, submission, notebook, time, flag in session.execute(_of(columns, cells, students)):
        found[student] = one = Stored(submission, notebook, time, bool(flag))
        if one.notebook is not None:
            by_notebook[one.notebook] = one
    if _has_ours(session):
        ours = select(GRADED).where(GRADED.c.submission.in_(list(by_notebook)))
        for row in session.execute(ours):
            one = by_notebook[row.submission]
            one.answers, one.reviewed = json.loads(row.answers), row.reviewed
    for kind, names in ((Grade, cells.graded), (Comment, cells.commented)):
        of_these = and_(kind.cell_id.in_(list(names)), kind.notebook_id.in_(list(by_notebook)))
        columns = [kind.id, kind.cell_id, kind.notebook_id]
        if kind is Grade:
            columns += [Grade.auto_score, Grade.manual_score, Grade.extra_credit]
            columns += [Grade.needs_manual_grade]
        else:
            columns += [Comment.auto_comment, Comment.manual_comment]
        query = select(*columns).where(of_these)
        query = query.with_for_update() if lock else query
        for row_id, cell, notebook, *values in session.execute(query):
            one, name = by_notebook[notebook], names[cell]
            one.ids[kind][name] = row_id
            if kind is Grade:
                one.marks[name] = Mark(*values)
            else:
                one.remarks[name] = Remark(*values)
    return found


def store(
    session: scoped_session, cells: Cells, known: Mapping[str, Stored], rows: Sequence[Row]
) -> None:
    """Write what changed; the caller commits."""
    new, changed = defaultdict[Any, list](list), defaultdict[Any, list](list)
    students = [row.student for row in rows]
    there = set(session.scalars(select(Student.id).where(Student.id.in_(students))))
    new[Student] = [{"id": student} for student in students if student not in there]
    for row in rows:
        old = known.get(row.student)
        submission = old.submission if old else new_uuid()
        notebook = (old and old.notebook) or new_uuid()
        of_student = {"assignment_id": cells.assignment, "student_id": row.student}
        of_submission = {"assignment_id": submission, "notebook_id": cells.notebook}
        if old is None:
            new[SubmittedAssignment].append(
                {"id": submission, "timestamp": row.timestamp} | of_student
            )
        elif old.timestamp != row.timestamp:
            changed[SubmittedAssignment].append({"id": submission, "timestamp": row.timestamp})
        if old is None or old.notebook is None:
            new[SubmittedNotebook].append(
                {"id": notebook, "flagged": row.after.flagged} | of_submission
            )
        elif old.flagged != row.after.flagged:
            changed[SubmittedNotebook].append({"id": notebook, "flagged": row.after.flagged})
        for kind, names in ((Grade, cells.graded), (Comment, cells.commented)):
            after = row.after.marks if kind is Grade else row.after.remarks
            before = {} if old is None else old.marks if kind is Grade else old.remarks
            ids = {} if old is None else old.ids[kind]
            for cell, name in names.items():
                if name not in ids:
                    place = {"id": new_uuid(), "cell_id": cell, "notebook_id": notebook}
                    new[kind].append(place | _fields(after[name]))
                elif before[name] != after[name]:
                    changed[kind].append({"id": ids[name]} | _fields(after[name]))
        new[GRADED].append(
            {
                "submission": notebook,
                "digest": row.digest,
                "answers": json.dumps(row.after.answers),
                "reviewed": row.after.reviewed,
            }
        )
    came = [graded["submission"] for graded in new[GRADED]]
    session.execute(delete(GRADED).where(GRADED.c.submission.in_(came)))
    for table in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment, GRADED):
        if new[table]:
            session.execute(insert(table), new[table])
        if changed[table]:
            session.execute(update(table), changed[table])


def _has_ours(session: scoped_session) -> bool:
    """A gradebook that only nbgrader has written to lacks our table."""
    return inspect(session.connection()).has_table(GRADED.name)


def _of(columns: Sequence[Any], cells: Cells, students: Iterable[str]) -> Select:
    """Submissions of these students, with their notebook if there is one."""
    theirs = and_(
        SubmittedAssignment.assignment_id == cells.assignment,
        SubmittedAssignment.student_id.in_(list(students)),
    )
    notebook = and_(
        SubmittedNotebook.notebook_id == cells.notebook,
        SubmittedNotebook.assignment_id == SubmittedAssignment.id,
    )
    query = select(*columns).select_from(SubmittedAssignment).where(theirs)
    return query.outerjoin(SubmittedNotebook, notebook)


def _fields(value: Mark | Remark) -> dict[str, Any]:
    """A mark or a remark in nbgrader's words."""
    if isinstance(value, Remark):
        return {"auto_comment": value.auto, "manual_comment": value.manual}
    return {
        "auto_score": value.auto,
        "manual_score": value.manual,
        "extra_credit": value.extra,
        "needs_manual_grade": value.waits,
    }
