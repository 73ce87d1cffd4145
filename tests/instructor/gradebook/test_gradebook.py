"""Records in nbgrader's gradebook, in SQLite and in PostgreSQL, read back by nbgrader itself."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbgrader.api import Gradebook
from sqlalchemy import Engine, create_engine, event, text

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import autograded, by_hand, writer
from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.pages.student_work import Mark
from tests.bank import ROOT
from tests.e2e.classroom import nbgrader
from tests.instructor.gradebook import graded, postgres
from tests.instructor.gradebook.formgrader import formgrader
from tests.instructor.gradebook.graded import ANSWERS, NAME, OPEN, Notebooks, record
from tests.instructor.gradebook.harmless import ATTACKS, check_harmless


@pytest.fixture
def course(tmp_path) -> Path:
    return graded.make_course(tmp_path)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    if postgres.MISSING:
        pytest.skip(postgres.MISSING)
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request, course) -> str:
    """Each test that asks for it runs on both databases, empty at first."""
    if request.param == "sqlite":
        return f"sqlite:///{course / 'marks.db'}"
    url = request.getfixturevalue("server")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


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


# What nbgrader sees


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

    nbgrader(course, "generate_feedback", NAME)
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


def test_a_mark_given_in_the_formgrader_survives(course):
    """The page shows what staff need, and what is saved there is there after the next grading."""
    texts = {"ann": {OPEN: "Since <script>alert('ann')</script> the features stay."}}
    arguments = {"root": course, "notebook_of": Notebooks(texts)}
    first = record("ann", lost=["check_train"], review=("two answers named train",))
    gradebook.write([first], **arguments)
    with formgrader(course) as server:
        (listed,) = server.get(f"submitted_notebooks/{NAME}/{NAME}")
        assert (listed["score"], listed["max_score"]) == (13, 20)
        assert (listed["needs_manual_grade"], listed["failed_tests"]) == (True, True)
        assert listed["flagged"]
        page = server.page(f"submissions/{listed['id']}/")
        for shown in (
            "two answers named train",
            "expected 1.25, received 2.5",
            "the features stay",
        ):
            assert shown in page
        assert "<script>alert('ann')" not in page
        (grade,) = (
            g for g in server.get(f"grades?submission_id={listed['id']}") if g["name"] == OPEN
        )
        server.put(f"grade/{grade['id']}", manual_score=3.5, extra_credit=None)
        comments = server.get(f"comments?submission_id={listed['id']}")
        (comment,) = (c for c in comments if c["name"] == OPEN)
        server.put(f"comment/{comment['id']}", manual_comment="Well said.")
        # While the server runs, as a teacher has it.
        (change,) = gradebook.write([record("ann", key="2")], **arguments)
        assert str(change) == "ann: 16.5 -> 19.5 (check_train 0 -> 3)"
        (listed,) = server.get(f"submitted_notebooks/{NAME}/{NAME}")
        assert (listed["score"], listed["needs_manual_grade"], listed["flagged"]) == (
            *(19.5, False, False),
        )
    nbgrader(course, "generate_feedback", NAME)
    assert "Well said." in (course / "feedback" / "ann" / NAME / f"{NAME}.html").read_text()


# Grading again


def test_marks_by_hand_survive_while_the_text_stays(course, db_url):
    texts = {"ann": {OPEN: "Since the features stay."}, "bob": {OPEN: "Since …"}}
    first = [record("ann", lost=["check_train"]), record("bob")]
    gradebook.write(first, root=course, notebook_of=Notebooks(texts), db_url=db_url)
    mark_by_hand(db_url, "ann", OPEN, 3.5, "Well said.")
    mark_by_hand(db_url, "bob", OPEN, 2.0, "Why?")

    assert by_hand.read(course, NAME, db_url=db_url) == {
        "ann": {OPEN: Mark(3.5, "Well said.")},
        "bob": {OPEN: Mark(2.0, "Why?")},
    }

    texts["bob"] = {OPEN: "Since the tangent kernel is constant."}
    again = [record("ann", key="2"), record("bob", key="2")]
    arguments = {"root": course, "notebook_of": Notebooks(texts), "db_url": db_url}
    foretold = gradebook.dry_run(again, **arguments)
    before = marks(db_url)
    changes = gradebook.write(again, **arguments)

    assert foretold == changes
    assert [str(change) for change in changes] == [
        "ann: 16.5 -> 19.5 (check_train 0 -> 3)",
        f"bob: 18 -> 16 ({OPEN} 2 -> 0; {OPEN}: the mark 2 was for another text, withdrawn)",
    ]
    assert marks(db_url)["ann"][OPEN] == before["ann"][OPEN] == (None, 3.5, 3.5, False)
    assert marks(db_url)["bob"][OPEN] == (None, None, 0, True)
    given = by_hand.read(course, NAME, db_url=db_url)
    assert given == {"ann": {OPEN: Mark(3.5, "Well said.")}}
    with Gradebook(db_url) as book:
        assert book.find_comment(OPEN, NAME, NAME, "ann").comment == "Well said."
        assert book.find_comment(OPEN, NAME, NAME, "bob").comment == (
            f"For an earlier text: {OPEN} 2 of 4.\nComment on an earlier text: Why?"
        )


def test_what_is_in_already_is_left_out(course, db_url):
    """Neither its notebook nor its rows are touched; a file that was lost comes back."""
    notebooks = Notebooks()
    arguments = {"root": course, "notebook_of": notebooks, "db_url": db_url}
    records = [record("ann"), record("bob")]
    gradebook.write(records, **arguments)
    assert gradebook.write(records, **arguments) == gradebook.dry_run(records, **arguments) == []
    assert notebooks.asked == ["ann", "bob"]
    autograded.path_of(course, records[1]).unlink()
    assert gradebook.write(records, **arguments) == []
    assert notebooks.asked == ["ann", "bob", "bob"]
    # The same key with another outcome: what timed out was run once more.
    (change,) = gradebook.write([record("ann", lost=["check_train"])], **arguments)
    assert str(change) == "ann: 16 -> 13 (check_train 3 -> 0)"


def test_a_dry_run_writes_nothing(course):
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in course.rglob("*") if path.is_file()}

    before, notebooks = files(), Notebooks()
    (change,) = gradebook.dry_run([record("ann")], root=course, notebook_of=notebooks)
    assert str(change) == "ann: new -> 16"
    assert by_hand.read(course, NAME) == {}
    assert files() == before
    # A gradebook that nbgrader made has no course of ours in it, and gets none.
    nbgrader(course, "generate_assignment", NAME, "--force")
    before = files()
    (change,) = gradebook.dry_run([record("ann")], root=course, notebook_of=notebooks)
    assert str(change) == "ann: new -> 16"
    assert files() == before


def test_the_release_changed(course, db_url):
    """A check that is new gets empty marks, one that is gone takes its marks with it."""
    arguments = {"root": course, "notebook_of": Notebooks(), "db_url": db_url}
    gradebook.write([record("ann"), record("bob")], **arguments)
    source = course / "solutions" / NAME / f"{NAME}.ipynb"
    renamed = source.read_text().replace("check_train_batches", "check_train_order")
    source.write_text(renamed.replace('"points": 4', '"points": 5'))

    old = gradebook.write([record("ann", key="2")], **arguments)
    assert "ann: not in the gradebook: its record does not fit the release" in str(old[0])
    assert marks(db_url)["bob"]["check_train_order"] == (None, None, 0, True)
    assert "check_train_batches" not in marks(db_url)["bob"]
    with Gradebook(db_url) as book:
        assert book.find_assignment(NAME).max_score == 23
        assert "check_train_order" in {
            cell.name for cell in book.find_notebook(NAME, NAME).source_cells
        }

    # Marks by hand are not thrown away.
    mark_by_hand(db_url, "bob", "check_train_order", 1.0)
    source.write_text(source.read_text().replace("check_train_order", "check_train_batches"))
    before = marks(db_url)
    with pytest.raises(GradebookError, match="'check_train_order' is gone from the source, and 1"):
        gradebook.write([record("ann", key="3")], **arguments)
    assert marks(db_url) == before


# The notebook for the person who marks


def test_the_notebook_carries_the_messages_for_staff(course):
    result = record("ann", lost=["check_train"], review=("look at <train>",))
    gradebook.write([result], root=course, notebook_of=Notebooks())
    path = course / "autograded" / "ann" / NAME / f"{NAME}.ipynb"
    written = nbformat.read(path, as_version=4)
    nbformat.validate(written)
    outputs = {
        cell.metadata.get("nbgrader", {}).get("grade_id"): cell.outputs
        for cell in written.cells
        if cell.cell_type == "code" and cell.outputs
    }
    assert set(outputs) == {"check_train"}
    (output,) = outputs["check_train"]
    assert output.traceback == [
        "failed, 0 of 3 points: the slope is off",
        "For staff:\nexpected 1.25, received 2.5",
    ]
    assert "look at &lt;train&gt;" in written.cells[0].source
    assert (path.parent / "timestamp.txt").read_text() == result.submitted
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.fault("What goes out", "held", of="scripts in the marker's browser")
@settings(deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(ATTACKS), st.text(max_size=5)), max_size=4),
    st.text(max_size=2),
)
def test_what_a_student_wrote_does_nothing_in_the_markers_browser(parts, glue):
    node = graded.notebook({OPEN: glue.join(parts)})
    written = autograded.marked_up(record("ann"), node)
    (answer,) = (c for c in written.cells if c.metadata.get("nbgrader", {}).get("grade_id") == OPEN)
    check_harmless(answer.source)
    assert node.cells == graded.notebook({OPEN: glue.join(parts)}).cells  # the one given stays
    nbformat.writes(written).encode()


def test_the_attacks_work_where_they_are_not_defused():
    """So that the test above can fail."""
    held = 0
    for attack in ATTACKS:
        try:
            check_harmless(attack)
        except (AssertionError, InvalidNotebook):
            held += 1
    assert held >= 6


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_picture_is_shown_and_one_that_is_not_there_breaks_no_page():
    held = {"a.png": {"image/png": "iVBORw0KGgo="}}
    text = "![a](attachment:a.png) ![b](attachment:b.png)"
    node = graded.notebook({OPEN: text})
    (cell,) = (c for c in node.cells if c.metadata.get("nbgrader", {}).get("grade_id") == OPEN)
    cell.attachments = held
    with pytest.raises(InvalidNotebook):
        HTMLExporter(template_name="basic").from_notebook_node(node)
    written = autograded.marked_up(record("ann"), node)
    page, _ = HTMLExporter(template_name="basic").from_notebook_node(written)
    assert page.count("data:image/png;base64,iVBORw0KGgo=") == 1


def test_plain_mathematics_reads_as_written():
    plain = "Since $a < b$ and `x = 1`, *so* $$\\frac{1}{2} \\sum_i x_i$$ holds: 1 & 2."
    assert autograded.defused(plain) == plain


# One bad record stops nobody


def test_the_others_go_on(course, db_url):
    good = Notebooks()

    def notebook_of(result):
        if result.student == "no file":
            raise FileNotFoundError(2, "No such file", "submitted/no file/x.ipynb")
        node = good(result)
        if result.student == "lost answer":
            node.cells = [c for c in node.cells if c.id != "train"]
        return node

    hostile = ["../up", "a/b", "a\\b", "", ".", "..", "new\nline", "nul\0", "x" * 129, "\ud800"]
    students = ["ann", *hostile, "no file", "lost answer", "late", "zed"]
    records = [
        record(student, submitted="tomorrow" if student == "late" else "2026-11-24T10:00:00Z")
        for student in students
    ]
    arguments = {"root": course, "notebook_of": notebook_of, "db_url": db_url}
    foretold = gradebook.dry_run(records, **arguments)
    changes = gradebook.write(records, **arguments)
    assert foretold == changes
    assert [change.student for change in changes] == students
    assert {c.student for c in changes if not c.problem} == {"ann", "zed"} == set(marks(db_url))
    assert all("\n" not in str(change) for change in changes)
    assert {path.name for path in (course / "autograded").iterdir()} == {"ann", "zed"}
    assert not (course.parent / "up").exists()


def test_an_unknown_assignment(course):
    unknown = replace(record("ann"), assignment="../solutions")
    for call in (gradebook.write, gradebook.dry_run):
        with pytest.raises(ValueError, match=r"assignment='\.\./solutions': choose one of lazy_tr"):
            call([unknown], root=course, notebook_of=Notebooks())
    assert not (course / "gradebook.db").exists()


# Databases that cannot be used


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


# One writer, killed at any moment


def in_another_process(course: Path, code: str, *arguments: str) -> subprocess.Popen:
    head = """
        import os, signal, sys
        from pathlib import Path
        from course_utils.instructor import gradebook
        from course_utils.instructor.gradebook import autograded, rows, writer
        from tests.instructor.gradebook.graded import Notebooks, record
        course, db_url = Path(sys.argv[1]), sys.argv[2]
    """
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), course, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_writers(course, db_url):
    holds = """
        def notebook_of(result):
            print("holds", flush=True)
            signal.pause()
        gradebook.write([record("ann")], root=course, notebook_of=notebook_of, db_url=db_url)
    """
    with in_another_process(course, holds, db_url) as other:
        try:
            assert other.stdout.readline() == "holds\n"
            assert "another command is writing to the gradebook: wait" in refused(course, db_url)
            if db_url.startswith("postgresql"):
                machine = graded.make_course(course / "another machine")
                assert "another machine is writing to it: wait" in refused(machine, db_url)
            # Reading goes on.
            gradebook.dry_run([record("ann")], root=course, notebook_of=Notebooks(), db_url=db_url)
        finally:
            other.kill()
    assert (
        len(gradebook.write([record("ann")], root=course, notebook_of=Notebooks(), db_url=db_url))
        == 1
    )


@pytest.mark.parametrize("moment", ["notebook", "file", "rows", "commit", "made"])
def test_killed_and_started_again(course, db_url, moment):
    """The same marks as of a run that nobody disturbed, whenever it was killed."""
    killed = """
        moment, writer.BATCH = sys.argv[3], 2
        def die(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)
        if moment == "made":
            writer.released_cells.bring_in = die
        count = 0
        def notebook_of(result, give=Notebooks()):
            global count
            count += 1
            if count == 4:  # in the second batch
                if moment == "notebook":
                    die()
                if moment == "file":
                    autograded.write = die
                if moment == "rows":
                    rows.delete = die
                if moment == "commit":
                    store = rows.store
                    rows.store = lambda *all: (store(*all), die())
            return give(result)
        records = [record(f"s{i}", lost=["check_train"]) for i in range(6)]
        gradebook.write(records, root=course, notebook_of=notebook_of, db_url=db_url)
    """
    with in_another_process(course, killed, db_url, moment) as other:
        assert other.wait(timeout=120) == -signal.SIGKILL
    records = [record(f"s{i}", lost=["check_train"]) for i in range(6)]
    notebooks = Notebooks()
    gradebook.write(records, root=course, notebook_of=notebooks, db_url=db_url)
    assert len(notebooks.asked) == (6 if moment == "made" else 4)
    resumed = marks(db_url)
    undisturbed = graded.make_course(course / "undisturbed")
    gradebook.write(records, root=undisturbed, notebook_of=Notebooks())
    assert resumed == marks(sqlite_of(undisturbed))
    assert not list(course.rglob("*.partial"))


# Many


def test_no_query_reads_a_whole_table(course, monkeypatch):
    """So the time per record does not grow with the records that are there."""
    monkeypatch.setattr(writer, "BATCH", 3)
    records = [record(f"s{i}") for i in range(9)]
    asked = set()
    growing = {"student", "submitted_assignment", "submitted_notebook", "grade", "comment"}
    growing.add("course_graded")

    def listen(connection, cursor, statement, parameters, context, executemany):
        if statement.startswith(("SELECT", "UPDATE", "DELETE")) and "?" in statement:
            asked.add((statement, str(parameters[0] if executemany else parameters)))
            plan = cursor.connection.execute(
                f"EXPLAIN QUERY PLAN {statement}", parameters[0] if executemany else parameters
            )
            scans = [row[3] for row in plan.fetchall() if row[3].startswith("SCAN")]
            assert not {scan.split()[1] for scan in scans} & growing, statement

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        for key in ("1", "2"):
            again = [record(r.student, key=key, lost=["check_train"]) for r in records]
            gradebook.write(again, root=course, notebook_of=Notebooks())
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    assert len(asked) > 10
    assert len(marks(sqlite_of(course))) == 9
