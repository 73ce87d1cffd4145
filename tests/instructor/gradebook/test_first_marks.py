"""What nbgrader sees of records written for the first time."""

import shutil
import sqlite3
from contextlib import closing

import nbformat
from nbgrader.api import Gradebook

from course_utils.instructor import gradebook
from tests.e2e.classroom import nbgrader, own_defaults
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import ANSWERS, NAME, OPEN, Notebooks, record
from tests.instructor.gradebook.read_back import marks, sqlite_of


def test_the_cells_are_those_that_nbgrader_saves(course):
    """Ours and those of `nbgrader generate_assignment`, row by row."""
    nbgrader(course, "generate_assignment", NAME, "--force")
    shutil.move(course / "gradebook.db", course / "theirs.db")
    gradebook.write([record("ann")], root=course, notebook_of=Notebooks())

    def rows(name: str) -> dict[str, list]:
        queries = {
            "assignment": "SELECT name, duedate FROM assignment",
            "notebook": "SELECT name, kernelspec FROM notebook",
            "cells": "SELECT name, type FROM base_cell ORDER BY name, type",
            "grades": "SELECT b.name, max_score, cell_type FROM grade_cells g "
            "JOIN base_cell b ON g.id = b.id ORDER BY b.name",
            "sources": "SELECT name, cell_type, locked, source, checksum FROM source_cell "
            "ORDER BY name",
            "version": "SELECT version_num FROM alembic_version",
        }
        with closing(sqlite3.connect(course / name)) as connection:
            return {key: connection.execute(query).fetchall() for key, query in queries.items()}

    assert rows("gradebook.db") == rows("theirs.db")
    assert any("BEGIN HIDDEN TESTS" in row[3] for row in rows("gradebook.db")["sources"])


def test_marks_comments_flag_and_time(course, db_url):
    records = [
        record("ann", lost=["check_train"], review=("two answers named train",)),
        record("bob", changed=False, missing=["train"], submitted=""),
    ]
    changes = gradebook.write(records, root=course, notebook_of=Notebooks(), db_url=db_url)
    assert [str(change) for change in changes] == ["ann: new -> 13", "bob: new -> 11"]
    ann, bob = marks(db_url)["ann"], marks(db_url)["bob"]
    assert ann["check_train"] == (0, None, 0, False)
    assert ann["check_LinSin_phi"] == (4, None, 4, False)
    assert ann[OPEN] == (None, None, 0, True)
    assert bob[OPEN] == (0, None, 0, False)
    with Gradebook(db_url) as book:
        first, second = (book.find_submission(NAME, student) for student in ("ann", "bob"))
        assert (first.score, first.max_score, second.score) == (13, 20, 11)
        assert (first.timestamp.isoformat(), second.timestamp) == ("2026-11-24T10:30:00", None)
        assert [s.notebooks[0].flagged for s in (first, second)] == [True, False]
        assert {(comment.name, comment.comment) for comment in second.notebooks[0].comments} == {
            ("train", "No response."),
            (OPEN, "No response."),
        } | {(answer, None) for answer in ANSWERS if answer != "train"}


def test_nbgraders_commands_take_what_was_written(course):
    """Feedback and export, and `generate_assignment` after it; names as students have them.

    (Its feedback takes a name for a pattern and finds none with brackets; ours does.)
    """
    students = ["ann", "bob o'neil", "Zoë *", "\u202eevil", "=1+1"]
    records = [record(student, lost=["check_train"]) for student in students]
    assert len(gradebook.write(records, root=course, notebook_of=Notebooks())) == len(students)

    nbgrader(own_defaults(course), "generate_feedback", NAME)
    pages = {path.parent.parent.name: path for path in course.glob("feedback/*/*/*.html")}
    assert set(pages) == set(students)
    assert "13.0 / 20.0" in " ".join(pages["ann"].read_text().split())
    nbgrader(course, "export")
    lines = (course / "grades.csv").read_text().splitlines()
    assert f"{NAME},,2026-11-24 10:30:00,ann,,,,13.0,0.0,13.0,20.0" in lines
    nbgrader(course, "generate_assignment", NAME, "--force")
    assert len(marks(sqlite_of(course))) == len(students)


def test_the_formgrader_takes_them_for_autograded(course):
    """By its own rule: the folder, the database and the two times agree."""
    from nbgrader.apps.api import NbGraderAPI
    from traitlets.config import Config

    submitted = course / "submitted" / "ann" / NAME
    submitted.mkdir(parents=True)
    nbformat.write(graded.notebook(), submitted / f"{NAME}.ipynb")
    (submitted / "timestamp.txt").write_text(record("ann").submitted)
    gradebook.write([record("ann")], root=course, notebook_of=Notebooks())

    config = Config()
    config.CourseDirectory.root = str(course)
    api = NbGraderAPI(config=config)
    assert api.get_autograded_students(NAME) == {"ann"}
    (submission,) = api.get_notebook_submissions(NAME, NAME)
    assert (submission["score"], submission["failed_tests"]) == (16, False)
