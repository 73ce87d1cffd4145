"""Answers that are not there: left, emptied, deleted, or under another name."""

import pytest

from tests.instructor.handed_in import at, cell, handed_in, put, released
from tests.instructor.rebuild.rebuilding import NAME, audit, rebuilt


@pytest.mark.parametrize(
    "text",
    ["", "   \n", "# exercise: train", "# exercise: train\npass", "# exercise: train\n...",
     "%%time\n# exercise: train"],
)  # fmt: skip
def test_an_emptied_cell_is_missing(text: str) -> None:
    result = rebuilt(handed_in(NAME, train=text))
    assert (result.missing, result.doubts) == ({"train"}, ())
    assert audit(result, "train") == "left as released"


def test_a_stub_without_its_comment_is_a_stub() -> None:
    stub = cell(released(NAME), "train").source
    for text in [stub.replace("    # YOUR CODE HERE\n", ""), stub + "\n\n# no idea", stub + "  \n"]:
        assert text != stub
        assert rebuilt(handed_in(NAME, train=text)).missing == {"train"}


def test_a_deleted_cell_is_missing() -> None:
    notebook = handed_in(NAME)
    del notebook.cells[at(notebook, "train")]
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({"train"}, ())
    assert audit(result, "train") == "not there"


def test_a_cell_that_does_not_define_its_answer() -> None:
    """Right label, wrong contents: what a check would call a NameError, a person sees first."""
    for text in ("def trane(model):\n    return []", "Sorry, no idea.", "print('no')"):
        result = rebuilt(handed_in(NAME, train=text))
        assert result.answers["train"] == text
        assert result.doubts == ("train: cell 5 does not define it",)
    for text in ("from math import *", "from a import train", "for train in []: pass"):
        assert rebuilt(handed_in(NAME, train=text)).doubts == ()


def test_an_answer_under_another_name_is_looked_for() -> None:
    """The cell is gone and a function of no known name stands elsewhere: no silent zero."""
    notebook = handed_in(NAME)
    del notebook.cells[at(notebook, "train")]
    put(notebook, 12, "def my_training(model):\n    return []")
    result = rebuilt(notebook)
    assert result.missing == {"train"}
    assert result.doubts == ("train: not there, but functions stand in cell 13",)

    notebook = handed_in(NAME, train=cell(released(NAME), "train").source)
    put(notebook, at(notebook, "train") + 1, "def my_training(model):\n    return []")
    result = rebuilt(notebook)
    assert result.missing == {"train"}
    assert result.doubts == ("train: left as released, but functions stand below it in cell 6",)


def test_functions_further_below_a_stub_are_the_students_affair() -> None:
    notebook = handed_in(NAME, train=cell(released(NAME), "train").source)
    put(notebook, at(notebook, "check_train") + 1, "def my_plot(model):\n    return []")
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({"train"}, ())
