"""One trace after the other by which an answer's cell is found, and traces that disagree."""

import pytest

from tests.instructor.handed_in import (
    at,
    cell,
    code_answers,
    handed_in,
    lose_metadata,
    put,
    released,
)
from tests.instructor.rebuild.rebuilding import (
    NAME,
    TRAIN,
    assert_whole,
    audit,
    made_from_another,
    rebuilt,
)


@pytest.mark.parametrize("kept", ["nbgrader", "id", "metadata.id", "marker", "function"])
def test_one_trace_is_enough(kept: str) -> None:
    notebook = handed_in(NAME)
    node = cell(notebook, "train")
    nbgrader = node.metadata.nbgrader
    lose_metadata(node)
    if kept != "marker":
        node.source = TRAIN.removeprefix("# exercise: train\n")
    if kept not in ("marker", "function"):
        node.source = made_from_another(node.source)
    if kept == "nbgrader":
        node.metadata.nbgrader = nbgrader
    elif kept == "id":
        node.id = "train"
    elif kept == "metadata.id":
        node.metadata.id = "train"
    result = rebuilt(notebook)
    assert result.answers["train"] == node.source
    assert (result.missing, result.doubts) == (frozenset(), ())
    told = {"nbgrader": "by nbgrader metadata", "id": "by its cell id, metadata lost",
            "metadata.id": "by its metadata.id, metadata lost",
            "marker": "by its marker, metadata lost",
            "function": "by the name of its function"}  # fmt: skip
    assert audit(result, "train") == f"{told[kept]}, cell 5"


@pytest.mark.parametrize(
    "marker",
    [
        "\n \n# exercise: train",
        "#exercise:train",
        "  ## Exercise :  TRAIN (mine)",
        "%%time\n# exercise: train",
    ],
)
def test_a_marker_as_people_write_it(marker: str) -> None:
    text = made_from_another(TRAIN.replace("# exercise: train", marker))
    notebook = handed_in(NAME, train=text)
    lose_metadata(cell(notebook, "train"))
    result = rebuilt(notebook)
    assert result.answers["train"] == text.replace("%%time", "# %%time")
    assert (result.missing, result.doubts) == (frozenset(), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LinSin_phi", "class LinSin:\n    def phi(self, x):\n        return x"),
        ("LinSin_phi", "def phi(self, x):\n    return x\n\nLinSin.phi = phi"),
        ("LinSin_forward", "LinSin.forward = lambda self, x: self.linear(self.phi(x))"),
        ("train", "async def train():\n    return 1"),
        ("train", "train = lambda *inputs: []"),
        ("train", "def better():\n    return 1\n\ntrain = better"),
        ("train", "class train:\n    pass"),
        ("train", "def train(:\n    no python"),
        ("LinSin_phi", "class LinSin(:\n    x = 1\n\n    def phi(self, x:\n        no python"),
        ("LinSin_phi", "LinSin.phi = no python"),
    ],
)
def test_a_function_or_method_names_its_answer(name: str, text: str) -> None:
    """An answer in a new cell below a stub that was left."""
    notebook = handed_in(NAME)
    stub = cell(released(NAME), name)
    notebook.cells[at(notebook, name)] = stub
    put(notebook, at(notebook, name) + 1, text)
    result = rebuilt(notebook)
    assert result.answers == code_answers(NAME) | {name: text}
    assert (result.missing, result.doubts) == (frozenset(), ())
    assert audit(result, name).startswith("by the name of its function")


def test_the_metadata_of_two_cells_swapped() -> None:
    """What the code defines decides, where its marker agrees; where it has none, a person does."""
    for marked in (True, False):
        texts = code_answers(NAME)
        if not marked:
            texts = {name: text.partition("\n")[2] for name, text in texts.items()}
        notebook = handed_in(NAME, **texts)
        one, other = cell(notebook, "train"), cell(notebook, "relative_movement")
        one.metadata, other.metadata = other.metadata, one.metadata
        one.id, other.id = other.id, one.id
        result = rebuilt(notebook)
        assert result.answers == texts
        doubted = {doubt.split(":")[0] for doubt in result.doubts}
        assert doubted == (set() if marked else {"train", "relative_movement"})
        if marked:
            assert audit(result, "train") == "by its marker, metadata wrong, cell 5"


def test_the_labels_of_two_stubs_swapped() -> None:
    """Nothing was written: no answer, and no doubt about it."""
    stubs = {name: cell(released(NAME), name).source for name in ("train", "relative_movement")}
    stubs = {name: stub.partition("\n")[2] for name, stub in stubs.items()}
    notebook = handed_in(NAME, train=stubs["relative_movement"], relative_movement=stubs["train"])
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({"train", "relative_movement"}, ())


def test_a_cell_with_two_labels_and_both_functions() -> None:
    notebook = handed_in(NAME)
    node = cell(notebook, "train")
    node.source += "\n\n\n" + code_answers(NAME)["relative_movement"].partition("\n")[2]
    node.metadata.nbgrader.grade_id = "relative_movement"
    result = rebuilt(notebook)
    assert {doubt.split(":")[0] for doubt in result.doubts} == {"train", "relative_movement"}


def test_one_grade_id_renamed_to_another() -> None:
    notebook = handed_in(NAME)
    cell(notebook, "train").metadata.nbgrader.grade_id = "relative_movement"
    assert_whole(rebuilt(notebook))
    cell(notebook, "train").metadata.nbgrader.grade_id = "check_train"
    assert_whole(rebuilt(notebook))
    cell(notebook, "train").metadata.nbgrader.grade_id = "unheard_of"
    assert_whole(rebuilt(notebook))
