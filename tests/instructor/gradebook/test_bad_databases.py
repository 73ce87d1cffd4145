"""Databases that cannot be used are named in one line."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook.database_url import GradebookError
from tests.instructor.gradebook.graded import Notebooks, record


def refused(course: Path, db_url: str | None = None) -> str:
    with pytest.raises(GradebookError) as caught:
        gradebook.write([record("ann")], root=course, notebook_of=Notebooks(), db_url=db_url)
    assert "\n" not in str(caught.value)
    assert "SELECT" not in str(caught.value)
    return str(caught.value)


def test_databases_that_cannot_be_used(course):
    assert "unable to open database file: check that the folder" in refused(
        course, f"sqlite:///{course}/no/such/folder.db"
    )
    (course / "text.db").write_text("this is no database at all, " * 20)
    assert "file is not a database: move it away" in refused(course, f"sqlite:///{course}/text.db")
    with closing(sqlite3.connect(course / "other.db")) as connection:
        connection.execute("CREATE TABLE wine (year INTEGER)")
    assert "holds other tables, no gradebook" in refused(course, f"sqlite:///{course}/other.db")
    for address in (
        "",
        "gradebook.db",
        "mysql+x://u:secret@h/d",
        "sqlite://",
        "oracle://u:secret@h",
    ):
        said = refused(course, address)
        assert "secret" not in said
        assert "give sqlite" in said or "missing" in said
    assert not (course / "autograded").exists()


def test_a_database_of_another_version(course):
    arguments = {"root": course, "notebook_of": Notebooks()}
    gradebook.write([record("ann")], **arguments)
    with closing(sqlite3.connect(course / "gradebook.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '724cde206c17'")
        connection.commit()
    before = (course / "gradebook.db").read_bytes()
    assert (
        "version 724cde206c17, and nbgrader here wants e43177bfe90b: keep a copy, then"
        in refused(course)
    )
    with pytest.raises(GradebookError, match="of version 724cde206c17"):
        gradebook.dry_run([record("ann")], **arguments)
    assert (course / "gradebook.db").read_bytes() == before


def test_a_database_that_is_read_only(course):
    """Reading it is enough for a dry run. (Root may write to any file, so SQLite is told.)"""
    arguments = {"root": course, "notebook_of": Notebooks()}
    gradebook.write([record("ann")], **arguments)
    url = f"sqlite:///file:{course}/gradebook.db?mode=ro&uri=true"
    said = refused(course, url)
    assert "attempt to write a readonly database: make it and its folder writable" in said
    (change,) = gradebook.dry_run([record("ann", lost=["check_train"])], **arguments, db_url=url)
    assert str(change) == "ann: 16 -> 13 (check_train 3 -> 0)"


def test_a_server_that_does_not_answer(course, server):
    """Nobody listens on port 1; and the password of a server that does is not told."""
    assert "check that the database runs" in refused(course, "postgresql://me:secret@127.0.0.1:1/x")
    wrong = server.replace("//staff:", "//staff:secret")
    said = refused(course, wrong)
    assert "password authentication failed" in said
    assert "secret" not in said


def test_a_driver_that_is_missing(course, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = refused(course, "postgresql://me:secret@127.0.0.1:1/x")
    assert said == (
        "postgresql://me:***@127.0.0.1:1/x: psycopg is missing: "
        "pip install 'course-utils[instructor]'"
    )
