"""From what lies in a folder or an archive to a record: real intake, real grading, one student."""

import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from nbformat import NotebookNode

from course_utils.instructor import grading, record, submissions, warm
from course_utils.instructor.intake import RefusedFile, Taken, intake
from course_utils.instructor.record import Record
from tests.bank import ROOT
from tests.instructor.boxes import boxes

NAME = "lazy_training"
DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)


def make_course(root: Path) -> Path:
    """A course with three assignments, of which one is graded."""
    shutil.copytree(ROOT / "solutions" / NAME, root / "solutions" / NAME)
    for name in (NAME, "scaling", "linear_networks"):
        shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
    return root


def written(notebook: NotebookNode) -> bytes:
    """As it is: nbformat would mend what is wrong with it."""
    return json.dumps(notebook).encode()


def put(folder: Path, files: dict[str, bytes], time: datetime = DAY) -> Path:
    """Files at their paths, all of one time."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (0, time.timestamp()))
    return folder


def take(path: Path, course: Path) -> tuple[dict[str, Taken], dict[str, str]]:
    """By student what was taken; by path why the rest was refused."""
    results = intake(path, NAME, course, zone=UTC)
    assert all(str(result).isprintable() for result in results)
    taken = {result.student: result for result in results if isinstance(result, Taken)}
    refused = {
        result.source: result.reason for result in results if isinstance(result, RefusedFile)
    }
    return taken, refused


def graded(course: Path, student: str, monkeypatch) -> Record:
    """The record of one who was taken in, saved and read again."""
    monkeypatch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))
    (job,) = submissions.jobs(course, NAME, students=[student])
    result = grading.grade(job)
    assert record.load(record.save(course, result)) == result
    return result


def check(result: Record, outcome: str, says: str) -> None:
    """A record is what `outcome` means; `says` is part of the reason, or the answer it costs."""
    lost = {check.answer for check in result.checks if not check.earned}
    if outcome == "merit":
        assert (lost, result.review, result.earned) == (set(), (), 16)
    elif outcome == "zero-q":
        assert (lost, result.review) == ({says}, ())
    else:
        assert outcome == "review"
        assert [reason for reason in result.review if says in reason], result.review


def marked(section, table):
    """The parameters of a table: by class and name what is handed in, its outcome, what is said."""
    return [
        pytest.param(*case, id=name, marks=pytest.mark.fault(section, case[1], of=of))
        for of, named in table.items()
        for name, case in named.items()
    ]
