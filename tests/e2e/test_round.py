"""A round with a class by the course's own commands, sandbox and all, on the class of the demo."""

import csv
import json
import re
import shutil
from datetime import UTC

import pytest
from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from course_utils.instructor import demo
from course_utils.instructor.cli import main
from tests import bank
from tests.instructor import regions

pytestmark = pytest.mark.bubblewrap
NAME = demo.ASSIGNMENT


@pytest.fixture(scope="module")
def course(graded_class, tmp_path_factory):
    """A course with a class taken in and graded."""
    return shutil.copytree(graded_class, tmp_path_factory.mktemp("course") / "demo")


def course_says(folder, command, *options):
    return main(["--root", str(folder), command, NAME, *options])


def records(folder):
    found = (json.loads(p.read_text()) for p in (folder / "graded" / NAME).glob("*.json"))
    return {record["student"]: record for record in found}


def points(record):
    return sum(check["earned"] for check in record["checks"])


def test_everybody_gets_what_the_answers_are_worth(course):
    graded = records(course)
    assert len(graded) == 12
    assert points(graded["1001"]) == 16
    answers = [c.name for c in bank.load(NAME).cells if c.role == "exercise"]
    for i, answer in enumerate(answers):
        right, wrong = graded[str(1002 + 2 * i)], graded[str(1003 + 2 * i)]
        assert points(right) == 16
        lost = {c["name"] for c in wrong["checks"] if not c["earned"]}
        assert lost
        assert {c["answer"] for c in wrong["checks"] if c["name"] in lost} == {answer}
    assert points(graded["1010"]) == 0
    for student, answer in zip(("1012", "1013"), demo.HOSTILE, strict=False):
        assert {c["answer"] for c in graded[student]["checks"] if not c["earned"]} == {answer}


def test_the_time_of_intake_is_that_of_record_and_gradebook(course):
    """As nbgrader writes it; by it the formgrader tells whether there is something new."""
    taken = parse_utc((course / "submitted" / "1001" / NAME / "timestamp.txt").read_text())
    assert records(course)["1001"]["submitted"] == taken.replace(tzinfo=UTC).isoformat()
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission(NAME, "1001").timestamp == taken


def test_grading_again_grades_nobody(course, capsys):
    before = {p: p.read_bytes() for p in (course / "graded").rglob("*.json")}
    assert course_says(course, "autograde") == 0
    assert "0 graded, 12 as before, 0 changes" in capsys.readouterr().out
    assert {p: p.read_bytes() for p in (course / "graded").rglob("*.json")} == before


def test_a_changed_submission_is_seen_first_and_graded_then(course, capsys):
    path = course / "submitted" / "1010" / NAME / f"{NAME}.ipynb"
    old, record = path.read_bytes(), course / "graded" / NAME / "1010.json"
    was = record.read_bytes()
    path.write_bytes((course / "submitted" / "1001" / NAME / f"{NAME}.ipynb").read_bytes())
    try:
        assert course_says(course, "autograde", "--dry-run", "--workers", "1") == 0
        assert re.search(r"^1010: 0 -> 16", capsys.readouterr().out, re.MULTILINE)
        assert record.read_bytes() == was
        assert course_says(course, "autograde", "--workers", "1") == 0
        assert "1 graded, 11 as before, 1 changes" in capsys.readouterr().out
        assert points(records(course)["1010"]) == 16
    finally:
        path.write_bytes(old)
        course_says(course, "autograde", "--workers", "1")


def test_pages_and_marks_come_out_and_no_secret_with_them(course, capsys):
    for command in ("review", "feedback", "report"):
        assert course_says(course, command) == 0
    csv_file = course / "marks.csv"
    assert course_says(course, "export", "--to", str(csv_file)) == 0
    assert "1001" in capsys.readouterr().out
    with csv_file.open(newline="") as file:
        marks = {row["student_id"]: float(row["points"]) for row in csv.DictReader(file)}
    assert marks == {student: points(record) for student, record in records(course).items()}
    pages = [*(course / "feedback").rglob("*.html"), course / "reports" / f"{NAME}.html"]
    assert len(pages) == 13
    hidden = hidden_lines()
    for page in pages:
        text = regions.squeezed(page.read_text(encoding="utf-8"))
        assert not [line for line in hidden if line in text]


def hidden_lines():
    """Of hidden tests alone: in the pages of those who solved it, solutions stand rightly."""
    cells = [c for c in bank.load(NAME).cells if c.role == "check"]
    lines = {regions.squeezed(line) for c in cells for line in regions.split(c)[1]}
    return {line for line in lines if len(line) >= 25}


def test_an_unknown_assignment_is_one_line(course, capsys):
    assert main(["--root", str(course), "autograde", "nothing"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "there are" in error


def test_without_bubblewrap_it_refuses_and_changes_nothing(course, capsys, monkeypatch):
    path = course / "submitted" / "1010" / NAME / f"{NAME}.ipynb"
    old = path.read_bytes()
    before = records(course)
    path.write_bytes(old + b" ")
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        assert course_says(course, "autograde") == 2
        assert "apt-get install bubblewrap" in capsys.readouterr().err
        assert records(course) == before
    finally:
        path.write_bytes(old)
