"""Cells that were moved, changed, lost or doubled: taken in, graded, and what comes of it.

A case is what becomes of a notebook with all answers right, its outcome, and what is said: part of
the reason why it is refused or why a person looks, or the answer that gets nothing.
"""

# ruff: noqa: E501 (a case is a line)

import copy

import nbformat
import pytest

from tests.instructor.faults.handing_in import (
    NAME,
    check,
    graded,
    make_course,
    marked,
    put,
    take,
    written,
)
from tests.instructor.handed_in import at, cell, handed_in, lose_metadata, released
from tests.instructor.handed_in import put as insert

pytestmark = pytest.mark.bubblewrap


def source(name, text):
    return lambda notebook: setattr(
        cell(notebook, name), "source", text(cell(notebook, name).source)
    )


def nbgrader(name, **fields):
    return lambda notebook: cell(notebook, name).metadata.nbgrader.update(fields)


def tagged(name, *tags):
    return lambda notebook: cell(notebook, name).metadata.update(tags=list(tags))


def typed(name, kind):
    return lambda notebook: cell(notebook, name).update(cell_type=kind)


def without(name):
    return lambda notebook: notebook.cells.remove(cell(notebook, name))


def doubled(name, text=str):
    def change(notebook):
        notebook.cells.append(copy.deepcopy(cell(notebook, name)))
        notebook.cells[-1].source = text(notebook.cells[-1].source)

    return change


def lost(*names):
    def change(notebook):
        for node in notebook.cells:
            if not names or node.id in names:
                lose_metadata(node)

    return change


def ids_lost(notebook):
    notebook.nbformat_minor = 4
    for node in notebook.cells:
        del node["id"]


def below_the_stub(notebook):
    text, place = cell(notebook, "train").source, at(notebook, "train")
    notebook.cells[place] = cell(released(NAME), "train")
    insert(notebook, place + 1, text.partition("\n")[2])


def merged(notebook):
    cell(notebook, "train").source += "\n\n" + cell(notebook, "LinSin_phi").source
    notebook.cells.remove(cell(notebook, "LinSin_phi"))


def of_nbformat_3(notebook):
    return nbformat.convert(notebook, 3)


def of_an_old_release(notebook):
    """Other texts, other tests, one cell less."""
    notebook.cells.remove(cell(notebook, "text_3"))
    cell(notebook, "check_train").source = "# check: train (1 point)\nassert train"


CHANGES = {
    "test cells changed": {
        "test deleted": (without("check_train"), "merit", ""),
        "test edited": (source("check_train", lambda text: text.splitlines()[0] + "\nassert False"), "merit", ""),
        "test commented out": (source("check_train", lambda text: text.replace("\n", "\n# ")), "merit", ""),
        "test doubled": (doubled("check_train"), "merit", ""),
        "test turned to text": (typed("check_train", "raw"), "merit", ""),
        "test retagged": (nbgrader("check_train", grade=False, solution=True), "merit", ""),
        "points changed": (nbgrader("check_train", points=100), "merit", ""),
    },
    "answer cell doubled": {
        "the same twice": (doubled("train"), "merit", ""),
        "two that differ": (doubled("train", lambda text: text + "\nx = 1"), "review", "differ"),
    },
    "answer cell gone": {
        "answer deleted": (without("train"), "zero-q", "train"),
        "answer emptied": (source("train", lambda text: ""), "zero-q", "train"),
    },
    "labels lost": {
        "metadata of one cell lost": (lost("train"), "merit", ""),
        "all metadata lost": (lost(), "review", "found by its place"),
        "ids lost": (ids_lost, "merit", ""),
        "answer turned to text": (typed("train", "raw"), "merit", ""),
        "renamed after another": (nbgrader("train", grade_id="relative_movement"), "merit", ""),
    },
    "answers elsewhere": {
        "below the stub": (below_the_stub, "merit", ""),
        "two cells merged": (merged, "merit", ""),
        "all cells the other way round": (lambda notebook: notebook.cells.reverse(), "merit", ""),
        "answer under a test's name": (
            lambda notebook: cell(notebook, "check_train").update(source=cell(notebook, "train").source.partition("\n")[2])
            or cell(notebook, "train").update(source=cell(released(NAME), "train").source), "review", "do not agree",
        ),
    },
    "wrong name or notebook": {
        "old release": (of_an_old_release, "merit", ""),
        "other assignment": (lambda notebook: handed_in("scaling"), "refuse", "it is scaling"),
        "notebook of one's own": (lambda notebook: nbformat.v4.new_notebook(), "refuse", "cannot be told"),
    },
    "kernel and tags": {
        "another kernel": (lambda notebook: notebook.metadata.update(kernelspec={"name": "ir", "display_name": "R"}), "merit", ""),
        "no kernel": (lambda notebook: notebook.metadata.pop("kernelspec") and None, "merit", ""),
        "raises-exception": (tagged("check_train", "raises-exception"), "merit", ""),
        "skip-execution": (tagged("train", "skip-execution", "remove-cell"), "merit", ""),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("the cells") / "course")


@pytest.mark.parametrize(("change", "outcome", "says"), marked("The file itself", CHANGES))
def test_what_becomes_of_cells(change, outcome, says, course, tmp_path, monkeypatch):
    student = tmp_path.name  # one of its own
    notebook = handed_in(NAME)
    data = written(change(notebook) or notebook)
    taken, refused = take(put(tmp_path / "class", {f"{student}/x.ipynb": data}), course)
    if outcome == "refuse":
        assert not taken
        assert says in refused[f"{student}/x.ipynb"]
        assert not (course / "submitted" / student).exists()
    else:
        assert (list(taken), refused) == ([student], {})
        check(graded(course, student, monkeypatch), outcome, says)
