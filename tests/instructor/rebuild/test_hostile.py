"""Notebooks made to break the rebuild, or whoever reads of it."""

import copy

import nbformat
import pytest
from nbformat import NotebookNode

from tests.instructor.handed_in import code_answers, handed_in, put
from tests.instructor.rebuild.rebuilding import NAME, OPEN, TRAIN, assert_whole, rebuilt


@pytest.mark.parametrize(
    "nbgrader",
    [None, [], "train", 7, {"grade_id": None}, {"grade_id": ["train"]}, {"grade_id": {}},
     {"grade_id": "train" * 10**5}, {"grade_id": "train\x00"}],
    ids=str,
)  # fmt: skip
def test_metadata_of_any_type(nbgrader) -> None:
    notebook = handed_in(NAME)
    for node in notebook.cells:
        node.metadata = NotebookNode(nbgrader=nbgrader, id=[nbgrader], tags=nbgrader)
    result = rebuilt(notebook)
    assert_whole(result)


def test_no_notebook_at_all() -> None:
    empty = nbformat.v4.new_notebook()
    result = rebuilt(empty)
    assert len(result.missing) == 5
    assert result.doubts == ()


@pytest.mark.parametrize(
    "text",
    ["(" * 15_000, "-" * 15_000 + "1", "a" + ".b" * 9_000, "x = " + "9" * 15_000, "\x00", "\ud800",
     "\\" * 9, "'''", "\n".join(" " * i + "if 1:" for i in range(200)), "def train(:\n" * 1000,
     "%%\n" * 5000, "x = " * 4000, "'\\d'", "x = a" + ".b" * 800, "\f\r\u2028# exercise: train"],
    ids=range(15),
)  # fmt: skip
def test_text_that_breaks_parsers(text: str) -> None:
    """In an answer it is an answer, elsewhere it is nothing."""
    result = rebuilt(handed_in(NAME, train=f"# exercise: train\n{text}"))
    others = {name: result.answers[name] for name in ("LinSin_phi", "relative_movement")}
    assert others == {name: code_answers(NAME)[name] for name in others}
    assert (
        "train" in result.missing or text[:1] in ("\ud800", "%") or text in result.answers["train"]
    )
    notebook = put(handed_in(NAME), 3, text)
    result = rebuilt(notebook)
    assert {n: result.answers[n] for n in others} == others


def test_too_long_to_look_at() -> None:
    result = rebuilt(handed_in(NAME, train=TRAIN + "\n#" + "x" * 20_000))
    assert result.missing == {"train"}
    assert result.doubts == ("cells too long to be looked at: 5",)

    notebook = handed_in(NAME)
    for _ in range(30):
        put(notebook, len(notebook.cells), "#" + "x" * 10_000)
    result = rebuilt(notebook)
    assert result.answers == code_answers(NAME)
    (doubt,) = result.doubts
    assert doubt.startswith("cells too long to be looked at: 4")

    picture = f"![plot](data:image/png;base64,{'A' * 10**6})"  # as Colab keeps it
    result = rebuilt(handed_in(NAME, **{OPEN: picture}))
    assert (result.open_answers[OPEN], result.doubts) == (picture, ())


def test_more_names_than_are_remembered() -> None:
    notebook = handed_in(NAME)
    put(notebook, 6, ";".join(f"a{i}=1" for i in range(2001)))
    result = rebuilt(notebook)
    assert len(result.discarded_names) == 2000
    assert len(result.doubts) == 1


def test_no_line_quotes_the_student() -> None:
    """Audit and doubts go to reports: numbers and the course's own names, nothing else."""
    evil = "<script>"
    notebook = handed_in(NAME, train=f"{TRAIN}\n{evil}")
    for node in list(notebook.cells):
        node.metadata.nbgrader = NotebookNode(grade_id=evil)
        notebook.cells.append(copy.deepcopy(node))
        notebook.cells[-1].source += evil
    result = rebuilt(notebook)
    assert evil in result.answers["train"]
    assert evil not in repr((result.audit, result.doubts, result.discarded_names))
