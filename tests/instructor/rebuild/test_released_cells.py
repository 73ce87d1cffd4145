"""What is released stays so, whatever a student made of it or wrote beside it."""

import copy

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.instructor.rebuild import rebuild
from tests.instructor.handed_in import at, cell, handed_in, lose_metadata, put, released
from tests.instructor.rebuild.rebuilding import NAME, TRAIN, assert_whole, audit, rebuilt


def test_test_and_set_up_cells_are_the_released_ones() -> None:
    notebook = handed_in(NAME)
    cell(notebook, "check_train").source = "# all is well"
    cell(notebook, "check_train_batches").metadata.nbgrader.points = 200
    cell(notebook, "check_LinSin_phi").cell_type = "raw"
    notebook.cells.append(copy.deepcopy(cell(notebook, "check_LinSin_forward")))
    cell(notebook, "setup_1").source += "\nimport scipy.optimize, os.path as p\nfrom math import *"
    del notebook.cells[at(notebook, "check_relative_movement")]
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(name="evil", display_name="Evil"))
    for node in notebook.cells:
        node.metadata.tags = ["raises-exception", "skip-execution", "setup"]
    result = rebuilt(notebook)
    assert_whole(result)
    told = "the released one is used"
    assert audit(result, "check_train") == f"edited: {told}"
    assert audit(result, "check_train_batches") == f"its metadata changed: {told}"
    assert audit(result, "check_LinSin_phi") == f"turned to text: {told}"
    assert audit(result, "check_LinSin_forward") == f"in 2 copies: {told}"
    assert audit(result, "check_relative_movement") == f"deleted: {told}"
    assert audit(result, "setup_1") == f"edited: {told}"
    assert {"scipy", "p", "*"} <= set(result.discarded_names)
    assert result.discarded_names["scipy"] == "cell 3"
    assert "torch" not in result.discarded_names


def test_lost_metadata_of_test_cells_is_no_change() -> None:
    notebook = handed_in(NAME)
    for node in notebook.cells:
        node.metadata.pop("nbgrader", None)
    assert not [line for line in rebuilt(notebook).audit if "released one" in line]


def test_cells_in_another_order() -> None:
    notebook = handed_in(NAME)
    notebook.cells.reverse()
    assert_whole(rebuilt(notebook))


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_turned_to_text(kind: str) -> None:
    notebook = handed_in(NAME)
    node = cell(notebook, "train")
    node.cell_type = kind
    del node["outputs"], node["execution_count"]
    result = rebuilt(notebook)
    assert_whole(result)
    assert f"turned to {kind}" in audit(result, "train")
    lose_metadata(node)
    assert_whole(rebuilt(notebook))
    node.source = "```\n" + TRAIN.partition("\n")[2] + "\n```"
    assert [doubt.split(":")[0] for doubt in rebuilt(notebook).doubts] == ["train"]


def test_colabs_own_cells_and_metadata() -> None:
    notebook = handed_in(NAME)
    link = '<a href="https://colab.research.google.com/x" target="_parent"><img src="y"/></a>'
    put(notebook, 0, link, "markdown")
    put(
        notebook,
        1,
        "!pip install -q course_utils\nfrom google.colab import drive\ndrive.mount('/content')",
    )
    notebook.metadata.colab = NotebookNode(provenance=[])
    for node in notebook.cells:
        node.metadata.pop("deletable", None)
        node.metadata.colab = NotebookNode(base_uri="https://localhost:8080/")
        node.metadata.outputId = "0a1b"
    result = rebuilt(notebook)
    assert_whole(result)
    assert result.discarded_names["drive"] == "cell 2"


def test_outputs_are_dropped() -> None:
    notebook = handed_in(NAME)
    cell(notebook, "train").outputs = [nbformat.v4.new_output("stream", text="hello")]
    cell(notebook, "train").execution_count = 7
    assert_whole(rebuilt(notebook))


def test_outputs_of_the_release_are_dropped() -> None:
    """An instructor may have run it."""
    release = released(NAME)
    cell(release, "check_train").outputs = [nbformat.v4.new_output("stream", text="hello")]
    cell(release, "check_train").execution_count = 7
    assert rebuild(release, handed_in(NAME)).notebook == rebuilt(handed_in(NAME)).notebook


def test_names_of_the_students_own_cells() -> None:
    notebook = handed_in(NAME)
    text = """\
%time import numpy as np
import pandas.io as io, os.path
from a import b as c, d
def helper():
    inner = 1
class Thing: attribute = 2
e: int = 3
for f in range(3): g = f
with open("h") as h: pass
if (i := 4): j, (k, *l) = m
n = lambda o: o
LinSin.p = 5
"""
    put(notebook, 6, text)
    put(notebook, 6, text + "this is no python (\n")
    names = rebuilt(notebook).discarded_names
    wanted = {"io", "os", "helper", "Thing", *"cdefghijkln"}
    assert wanted <= set(names)
    assert {"inner", "attribute", "o", "p", "b"} & set(names) == set()
    assert {names[name] for name in ("helper", "io", "n")} == {"cell 7"}


def test_names_of_experiment_cells_and_edited_ones() -> None:
    notebook = handed_in(NAME)
    cell(notebook, "experiment_2").source = "my_curve = 1"
    cell(notebook, "check_train").source += "\nleftover = 1"
    result = rebuilt(notebook)
    assert_whole(result)
    assert {"my_curve", "leftover", "network"} <= set(result.discarded_names)
    assert "check" not in result.discarded_names  # what tests define is no answer's to use
