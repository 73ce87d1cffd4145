"""Marks from the gradebook, automatic and by hand, as a file that a learning platform takes in.

- `moodle`: the assignment's grading worksheet, to be uploaded there. Moodle finds a student by
  "Participant NUMBER" and wants the columns Identifier, Grade and Last modified (grade), under
  the headings of a Moodle in English (mod/assign/feedback/offline/importgradeslib.php; the others
  are as mod/assign/gradingtable.php writes them). So students have to be taken in by that number,
  and the assignment's maximum there has to be ours. The column Feedback comments is left out:
  where it is empty, Moodle deletes the comments it has.
- `canvas`: the gradebook's import. Canvas wants Student and ID first and Section last before the
  assignments, and takes a column for the assignment of that title, or of that number in brackets
  (lib/gradebook_importer.rb). A student's number is taken for Canvas's, another name for the login.
- `csv`: everything, a column for each question.

Students whose submission still waits for a person are left out of the first two: no total there is
better than a wrong one. What a spreadsheet would take for a formula is defused.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from course_utils import _validate
from course_utils.instructor.gradebook import class_marks, database, released_cells
from course_utils.instructor.gradebook.class_marks import StudentMarks
from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.record import write_whole

Kind = Literal["moodle", "canvas", "csv"]

# Excel and others also take the full-width forms, and look behind white space.
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Exported:
    """What was written."""

    path: Path
    students: int
    waiting: tuple[str, ...]
    """Students who were left out, or marked in the file: a person still has to mark."""


def export(
    root: Path,
    assignment: str,
    *,
    to: Path,
    kind: Kind = "csv",
    db_url: str | None = None,
    title: str | None = None,
) -> Exported:
    """Write the marks of all who handed in.

    Parameters
    ----------
    title : what Canvas calls the assignment; the assignment's own name if it is not given.

    Raises
    ------
    ValueError : if there is nothing to export, or a student has no number that Moodle knows.
    """
    _validate.choice("kind", kind, get_args(Kind))
    with database.reading(root, db_url) as gradebook:
        cells = released_cells.find(gradebook.db, assignment) if gradebook else None
        rows = [] if gradebook is None or cells is None else class_marks.read(gradebook.db, cells)
        if gradebook is None or cells is None or not rows:
            what = f"the gradebook has no marks for {assignment!r}"
            raise GradebookError(f"{what}: course autograde {assignment}")
        highest = released_cells.highest(gradebook.db, cells)
    done = [row for row in rows if not row.waits]
    if kind == "moodle":
        table = _moodle(done, sum(highest.values()))
    elif kind == "canvas":
        table = _canvas(done, sum(highest.values()), title or assignment)
    else:
        done, table = rows, _plain(rows, highest)
    write_whole(to, _text(table))
    return Exported(to, len(done), tuple(row.student for row in rows if row.waits))


def _moodle(rows: list[StudentMarks], highest: float) -> Iterator[list[Any]]:
    yield [
        *["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"],
        *["Grade can be changed", "Last modified (submission)", "Last modified (grade)"],
    ]
    for row in rows:
        if not NUMBER.fullmatch(row.student):
            remedy = "take the submissions in from Moodle's archive, or export csv"
            raise ValueError(f"student={row.student!r}: no participant's number: {remedy}")
        person = [f"Participant {row.student}", row.name, row.email]
        yield [*person, "", row.score, highest, "Yes", _time(row), "-"]


def _canvas(rows: list[StudentMarks], highest: float, title: str) -> Iterator[list[Any]]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", title]
    yield ["    Points Possible", "", "", "", "", highest]
    for row in rows:
        known = (row.student, "") if NUMBER.fullmatch(row.student) else ("", row.student)
        yield [row.name or row.student, known[0], "", known[1], "", row.score]


def _plain(rows: list[StudentMarks], highest: dict[str, float]) -> Iterator[list[Any]]:
    names = sorted(highest)
    yield [
        *["student_id", "last_name", "first_name", "email", "submitted_utc", *names],
        *["points", "late_seconds", "late_penalty", "score", "max_score"],
        *["waits_for_a_person", "flagged"],
    ]
    for row in rows:
        person = [row.student, row.last_name, row.first_name, row.email, _time(row)]
        marks = [row.marks.get(name, "") for name in names]
        total = [row.points, row.late_seconds, row.penalty, row.score, sum(highest.values())]
        yield [*person, *marks, *total, *("yes" if x else "no" for x in (row.waits, row.flagged))]


def _time(row: StudentMarks) -> str:
    return "" if row.submitted is None else row.submitted.isoformat(" ", "seconds")


def _text(table: Iterator[list[Any]]) -> str:
    """RFC 4180, every text quoted."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([[_cell(value) for value in row] for row in table])
    return file.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, float | int):
        return round(value, 4) if value != int(value) else int(value)
    text = CONTROL.sub("\ufffd", str(value))
    return f"'{text}" if FORMULA.match(text) else text
