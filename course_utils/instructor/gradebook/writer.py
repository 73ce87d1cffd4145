"""Bring records into nbgrader's gradebook, where formgrader, feedback and export find them.

One writer does it, in batches. Each batch first writes its notebooks, then all its marks in one
transaction, together with what tells that these records are in. So a run that is killed is taken up
again where it was, and a record that is in already costs only a look. Last come the penalties of
those who were late.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from nbformat import NotebookNode
from nbgrader.utils import parse_utc

from course_utils.instructor.gradebook import (
    autograded,
    database,
    lateness,
    marks,
    released_cells,
    rows,
)
from course_utils.instructor.gradebook.changes import Change, changes
from course_utils.instructor.gradebook.marks import Held
from course_utils.instructor.gradebook.released_cells import Release
from course_utils.instructor.record import Record

BATCH = 200

NotebookOf = Callable[[Record], NotebookNode]
"""The rebuilt notebook of a record; ValueError or FileNotFoundError if there is none."""


@dataclass(frozen=True)
class _Ready:
    """A record that fits the release, as does its notebook."""

    record: Record
    answers: dict[str, str]
    timestamp: datetime | None


def write(
    records: Iterable[Record], *, root: Path, notebook_of: NotebookOf, db_url: str | None = None
) -> list[Change]:
    """Bring records in; return what is new or moved, in the order of the records.

    Records that are in already are left out. One that cannot be brought in is reported, and the
    others go on. Give records of one assignment one after the other.

    Raises
    ------
    GradebookError : if the database cannot be used, or another command is writing to it.
    ValueError : for an unknown assignment.
    """
    moved: list[Change] = []
    for assignment, group in groupby(records, key=attrgetter("assignment")):
        release = released_cells.read(root, assignment)
        with database.writing(root, db_url) as gradebook:
            session = gradebook.db
            database.begin(session)
            cells = released_cells.bring_in(session, gradebook.course_id, release)
            session.commit()
            for batch in _batches(group):
                graded = rows.digests(session, cells, filter(autograded.is_name, batch))
                session.rollback()
                ready, problems = _ready(root, release, batch, graded, notebook_of, write=True)
                database.begin(session)
                students = [one.record.student for one in ready]
                known = rows.stored(session, cells, students, lock=True)
                planned = {one.record.student: _planned(release, known, one) for one in ready}
                new = [_row(one, planned[one.record.student][0]) for one in ready]
                rows.store(session, cells, known, new)
                session.commit()
                moved += changes(batch, known, planned, problems)
            database.begin(session)
            moved += lateness.assign(root, session, cells, assignment)
            session.commit()
    return moved


def dry_run(
    records: Iterable[Record], *, root: Path, notebook_of: NotebookOf, db_url: str | None = None
) -> list[Change]:
    """What `write` would return; nothing is written, not even a gradebook that is missing.

    Where a check is gone from the source, it also tells of the marks that go with it.
    """
    moved: list[Change] = []
    with database.reading(root, db_url) as gradebook:
        for assignment, group in groupby(records, key=attrgetter("assignment")):
            release = released_cells.read(root, assignment)
            cells = released_cells.find(gradebook.db, assignment) if gradebook else None
            coming = dict[str, lateness.Coming]()
            for batch in _batches(group):
                graded, known = dict[str, str](), dict[str, rows.Stored]()
                if gradebook and cells:
                    named = [student for student in batch if autograded.is_name(student)]
                    graded = rows.digests(gradebook.db, cells, named)
                    known = rows.stored(gradebook.db, cells, named, lock=False)
                    gradebook.db.rollback()
                ready, problems = _ready(root, release, batch, graded, notebook_of, write=False)
                planned = {one.record.student: _planned(release, known, one) for one in ready}
                moved += changes(batch, known, planned, problems)
                for one in ready:
                    score = planned[one.record.student][0].score
                    coming[one.record.student] = lateness.Coming(one.timestamp, score)
            if gradebook and cells:
                moved += lateness.foretell(root, gradebook.db, cells, assignment, coming)
    return moved


def _batches(records: Iterable[Record]) -> Iterator[dict[str, Record]]:
    """Records by student, so many at a time; of two by one student the later."""
    records = iter(records)
    while batch := {record.student: record for record in islice(records, BATCH)}:
        yield batch


def _ready(
    root: Path,
    release: Release,
    batch: Mapping[str, Record],
    graded: Mapping[str, str],
    notebook_of: NotebookOf,
    *,
    write: bool,
) -> tuple[list[_Ready], dict[str, str]]:
    """Records that are not in yet, and by student why one cannot be brought in.

    With `write` the notebooks of those that are ready are written.
    """
    ready, problems = [], {}
    for student, record in batch.items():
        try:
            path = autograded.path_of(root, record)
            if graded.get(student) == _digest(record) and path.exists():
                continue
            marks.automatic(record, release.points)
            notebook = notebook_of(record)
            answers = autograded.answers(notebook)
            if set(answers) != release.solutions:
                differ = ", ".join(sorted(set(answers) ^ release.solutions))
                raise ValueError(f"its notebook does not fit the release ({differ}): rebuild it")
            timestamp = parse_utc(record.submitted) if record.submitted else None
            if write:
                autograded.write(root, record, notebook, release.model_answers)
        except (ValueError, OverflowError, FileNotFoundError) as error:
            problems[student] = " ".join(str(error).split())
        else:
            ready.append(_Ready(record, answers, timestamp))
    return ready, problems


def _digest(record: Record) -> str:
    """What of a record decides the marks: all but how it was found and what the run cost."""
    fields = asdict(record)
    del fields["usage"], fields["audit"]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _planned(
    release: Release, known: Mapping[str, rows.Stored], one: _Ready
) -> tuple[Held, tuple[str, ...]]:
    """What the gradebook has to hold of a student, and what to tell about it."""
    held = known[one.record.student].held if one.record.student in known else Held()
    return marks.brought_in(held, one.record, release.points, one.answers)


def _row(one: _Ready, after: Held) -> rows.Row:
    return rows.Row(one.record.student, one.timestamp, _digest(one.record), after)
