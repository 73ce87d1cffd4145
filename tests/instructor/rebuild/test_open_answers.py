"""Open answers: never lost, and never taken in silence."""

import copy

import pytest
from nbformat import NotebookNode

from tests.instructor.handed_in import (
    PROSE,
    at,
    cell,
    code_answers,
    handed_in,
    open_answers,
    put,
    released,
)
from tests.instructor.rebuild.rebuilding import NAME, OPEN, assert_whole, rebuilt


def test_an_open_answer_keeps_its_pictures() -> None:
    notebook = handed_in(NAME, **{OPEN: "![plot](attachment:plot.png)"})
    pictures = NotebookNode({"plot.png": NotebookNode({"image/png": "aGk="})})
    cell(notebook, OPEN).attachments = pictures
    result = rebuilt(notebook)
    assert cell(result.notebook, OPEN).attachments == pictures
    assert "attachments" not in cell(result.notebook, "text_1")


def test_an_open_answer_with_code_in_it() -> None:
    text = "Because\n\n```\ndef train(model):\n```"
    result = rebuilt(handed_in(NAME, **{OPEN: text}))
    assert (result.open_answers[OPEN], result.doubts) == (text, ())


@pytest.mark.parametrize("where", ["below the stub", "below the answer", "question", "elsewhere"])
def test_an_open_answer_in_another_place(where: str) -> None:
    """It is never lost, and never taken in silence."""
    stub = cell(released(NAME), OPEN).source
    notebook = handed_in(NAME, **({} if where == "below the answer" else {OPEN: stub}))
    place = at(notebook, OPEN)
    if where == "question":
        notebook.cells[place - 1].source += "\n\nMy answer: no."
    elif where == "elsewhere":
        del notebook.cells[place]
        put(notebook, 4, "My answer: no.", "markdown")
    else:
        put(notebook, place + 1, "My answer: no.", "markdown")
    result = rebuilt(notebook)
    assert result.answers == code_answers(NAME)
    assert "My answer: no." in result.open_answers[OPEN]
    assert (PROSE in result.open_answers[OPEN]) == (where == "below the answer")
    assert (len(result.doubts), result.missing) == (1, frozenset())


def test_an_open_answer_whose_labels_disagree() -> None:
    notebook = handed_in(NAME)
    cell(notebook, OPEN).metadata.id = "text_1"
    result = rebuilt(notebook)
    assert result.open_answers == open_answers(NAME)
    (doubt,) = result.doubts
    assert doubt.startswith(f"{OPEN}: its cell holds code or says that it is another")

    notebook = handed_in(NAME, **{OPEN: "x = 1"})
    put(notebook, 4, PROSE, "markdown")
    cell(notebook, OPEN).cell_type = "code"
    result = rebuilt(notebook)
    assert PROSE in result.open_answers[OPEN]
    assert "x = 1" in result.open_answers[OPEN]
    assert len(result.doubts) == 1


def test_an_open_answer_twice() -> None:
    notebook = handed_in(NAME)
    notebook.cells.append(copy.deepcopy(cell(notebook, OPEN)))
    assert_whole(rebuilt(notebook))
    notebook.cells[-1].source = "No."
    result = rebuilt(notebook)
    assert result.open_answers[OPEN] == f"{PROSE}\n\nNo."
    cells = [n for n, one in enumerate(notebook.cells, start=1) if one.id == OPEN]
    assert len(cells) == 2
    assert result.doubts == (f"{OPEN}: put together from cells {cells[0]}, {cells[1]}",)


def test_an_open_answer_left_or_deleted() -> None:
    notebook = handed_in(NAME, **{OPEN: "YOUR ANSWER HERE  \n"})
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({OPEN}, ())
    del notebook.cells[-1]
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({OPEN}, ())
