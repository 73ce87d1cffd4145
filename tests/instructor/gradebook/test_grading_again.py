"""Grading again: what is in already, a dry run, another release."""

from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import autograded, by_hand
from course_utils.instructor.gradebook.database_url import GradebookError
from tests.e2e.classroom import nbgrader
from tests.instructor.gradebook.graded import NAME, Notebooks, record
from tests.instructor.gradebook.read_back import mark_by_hand, marks


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
