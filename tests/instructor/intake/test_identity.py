"""Which assignment a notebook is, by what it says and by what it holds."""

import nbformat
import pytest

from course_utils.checks import plain_json
from course_utils.instructor.intake import submission
from course_utils.instructor.intake.submission import identity, read
from tests.bank import ROOT
from tests.instructor.intake.raw_notebooks import BYTES, RELEASED, code, raw, with_cells, written


@pytest.mark.parametrize("name", RELEASED)
def test_identity_by_what_the_notebook_says_and_by_what_it_holds(name):
    notebook = read((ROOT / "exercises" / name / f"{name}.ipynb").read_bytes())
    assert identity(notebook, RELEASED) == name
    for said in ({}, {"course": {"assignment": "old_name"}}, {"course": {"assignment": [1]}}):
        notebook.metadata = nbformat.from_dict(said)
        assert identity(notebook, RELEASED) == name
    for cell in notebook.cells:  # all metadata lost: ids
        cell.metadata = nbformat.from_dict({})
    assert identity(notebook, RELEASED) == name
    for number, cell in enumerate(notebook.cells):  # ids lost: markers of answers alone
        cell.id = f"cell-{number}"
    assert identity(notebook, RELEASED) == name
    for cell in notebook.cells:  # as rebuild and before_submission still read them
        cell.source = cell.source.replace("# exercise: ", "## Exercise :").replace("\n", " mine\n")
    assert identity(notebook, RELEASED) == name
    for cell in notebook.cells:
        cell.source = cell.source.replace("## Exercise", "# my")
    assert identity(notebook, RELEASED) is None


def test_identity_of_what_is_no_assignment_cannot_be_told():
    assert identity(read(with_cells(code("# exercise: train"))), RELEASED) is None
    assert identity(read(with_cells()), RELEASED) is None
    assert identity(read(BYTES), {}) is None


def test_identity_needs_more_than_any_other():
    one = {"cells": [], "metadata": {}}
    twin = {"a": RELEASED["scaling"], "b": RELEASED["scaling"]}
    notebook = read(written(raw() | one))
    notebook.cells = RELEASED["scaling"].cells
    assert identity(notebook, twin) is None
    assert identity(notebook, RELEASED) == "scaling"
    assert submission.Refused is plain_json.Refused
