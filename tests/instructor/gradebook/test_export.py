"""Exports: the right marks, in the columns that the platforms read, and no formula in any cell."""

import csv
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import export as exporting
from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.gradebook.export import export
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import CHECKS, NAME, OPEN, Notebooks, record


@pytest.fixture
def course(tmp_path) -> Path:
    """A class: one marked by hand, one done, one that waits."""
    graded.make_course(tmp_path)
    records = [
        record("1001", lost=["check_train"]),
        record("1002", changed=False, review=("two answers named train",)),
        record("1003"),
    ]
    gradebook.write(records, root=tmp_path, notebook_of=Notebooks())
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        grade = book.find_grade(OPEN, NAME, NAME, "1001")
        grade.manual_score, grade.extra_credit, grade.needs_manual_grade = 2.5, 0.25, False
        late = book.find_submission_notebook(NAME, NAME, "1001")
        late.late_submission_penalty = 1.0
        book.update_or_create_student(
            "1001", first_name='Ann, "the"', last_name="=cmd|' /C calc'!A0", email="ann@x.org"
        )
        book.update_or_create_student("1002", first_name="Zoë", last_name="Ångström")
    return tmp_path


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_plain(course):
    done = export(course, NAME, to=course / "out.csv")
    assert (done.path, done.students, done.waiting) == (course / "out.csv", 3, ("1003",))
    head, *rows = read(done.path)
    names = sorted([*CHECKS, OPEN])
    assert head[:5] == ["student_id", "last_name", "first_name", "email", "submitted_utc"]
    assert head[5 : 5 + len(names)] == names
    by_student = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    ann, zoe, zed = (by_student[student] for student in ("1001", "1002", "1003"))
    assert ann["last_name"] == "'=cmd|' /C calc'!A0"
    assert ann["first_name"] == 'Ann, "the"'
    assert (ann["check_train"], ann[OPEN], ann["points"]) == ("0", "2.75", "15.75")
    assert (ann["late_penalty"], ann["score"], ann["max_score"]) == ("1", "14.75", "20")
    assert (zoe["first_name"], zoe["score"], zoe["flagged"]) == ("Zoë", "16", "yes")
    assert (zoe["waits_for_a_person"], zed["waits_for_a_person"]) == ("no", "yes")
    assert ann["submitted_utc"] == "2026-11-24 10:30:00"


def test_moodle(course):
    """What its importer looks for, and no column that would delete comments there."""
    done = export(course, NAME, to=course / "moodle.csv", kind="moodle")
    assert (done.students, done.waiting) == (2, ("1003",))
    head, *rows = read(done.path)
    assert {"Identifier", "Grade", "Last modified (grade)"} <= set(head)
    assert "Feedback comments" not in head
    columns = [(row[head.index("Identifier")], row[head.index("Grade")]) for row in rows]
    assert columns == [("Participant 1001", "14.75"), ("Participant 1002", "16")]
    assert {row[head.index("Maximum Grade")] for row in rows} == {"20"}
    datetime.fromisoformat(rows[0][head.index("Last modified (submission)")])


def test_canvas(course):
    done = export(course, NAME, to=course / "canvas.csv", kind="canvas", title="Lazy (4711)")
    assert (done.students, done.waiting) == (2, ("1003",))
    head, points, *rows = read(done.path)
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lazy (4711)"]
    assert points == ["    Points Possible", "", "", "", "", "20"]
    assert rows == [
        ["Ann, \"the\" =cmd|' /C calc'!A0", "1001", "", "", "", "14.75"],
        ["Zoë Ångström", "1002", "", "", "", "16"],
    ]


def test_names_that_are_no_numbers(course):
    everybody = [record("ann", changed=False)]
    gradebook.write(everybody, root=course, notebook_of=Notebooks())
    (course / "moodle.csv").write_text("of last week")
    with pytest.raises(ValueError, match="student='ann': no participant's number: take the subm"):
        export(course, NAME, to=course / "moodle.csv", kind="moodle")
    assert (course / "moodle.csv").read_text() == "of last week"
    assert not list(course.glob(".*partial"))
    export(course, NAME, to=course / "canvas.csv", kind="canvas")
    assert ["ann", "", "", "ann", "", "16"] in read(course / "canvas.csv")


def test_nothing_to_export(tmp_path):
    graded.make_course(tmp_path)
    remedy = f"no marks for '{NAME}': course autograde {NAME}"
    for _ in range(2):
        with pytest.raises(GradebookError, match=remedy):
            export(tmp_path, NAME, to=tmp_path / "out.csv")
        assert not (tmp_path / "out.csv").exists()
        gradebook.write([record("..")], root=tmp_path, notebook_of=Notebooks())
    with pytest.raises(ValueError, match="kind='excel': choose one of 'moodle', 'canvas', 'csv'"):
        export(tmp_path, NAME, to=tmp_path / "out.csv", kind="excel")


TEXT = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n\"',; \ufeff\u202e＝"), st.characters()), max_size=9
)


@pytest.mark.fault("What goes out", "held", of="formulas in tables")
@settings(deadline=None)
@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=4))
def test_no_cell_is_a_formula_and_the_table_keeps_its_shape(table):
    written = exporting._text(iter(table))
    written.encode()
    read_back = list(csv.reader(written.splitlines(keepends=True)))
    assert [len(row) for row in read_back] == [len(row) for row in table]
    for cell, text in zip(chain(*read_back), chain(*table), strict=True):
        assert not cell.strip().startswith(tuple("=+-@＝＋－＠"))
        assert not cell.startswith(tuple("\t\r\n"))
        plain = text.isprintable() and text[:1].isalnum()
        assert cell == text or not plain
        assert not set(cell) & set("\x00\x1b\u202e")
