"""Answers whose cells were merged with others, or split."""

import copy

import pytest

from tests.instructor.handed_in import at, cell, code_answers, handed_in, lose_metadata, put
from tests.instructor.rebuild.rebuilding import NAME, TRAIN, assert_whole, merged, rebuilt


@pytest.mark.parametrize(
    ("first", "second"),
    [("train", "LinSin_phi"), ("LinSin_phi", "train"), ("train", "check_train"),
     ("check_train", "train"), ("check_train", "check_train_batches")],
)  # fmt: skip
def test_cells_merged_are_cut_at_their_markers(first: str, second: str) -> None:
    assert_whole(rebuilt(merged(handed_in(NAME), first, second)))


def test_merged_below_an_answer_that_lost_its_marker() -> None:
    function = TRAIN.partition("\n")[2]
    result = rebuilt(merged(handed_in(NAME, train=function), "train", "LinSin_phi"))
    assert result.answers == code_answers(NAME) | {"train": function}
    assert (result.missing, result.doubts) == (frozenset(), ())


@pytest.mark.parametrize("other", ["setup_1", "experiment_1", "text_3"])
def test_an_answer_merged_with_a_released_cell(other: str) -> None:
    for first, second in [(other, "train"), ("train", other)]:
        result = rebuilt(merged(handed_in(NAME), first, second))
        assert TRAIN in result.answers["train"]
        assert f"train: it holds the text of {other}" in result.doubts


def test_a_marker_within_a_text_is_no_marker() -> None:
    text = TRAIN.replace("losses = []", 'losses, text = [], """\n# exercise: LinSin_phi\n"""')
    result = rebuilt(handed_in(NAME, train=text))
    assert result.answers == code_answers(NAME) | {"train": text}
    assert (result.missing, result.doubts) == (frozenset(), ())


def test_merged_without_markers() -> None:
    texts = {name: text.partition("\n")[2] for name, text in code_answers(NAME).items()}
    notebook = merged(handed_in(NAME, **texts), "train", "relative_movement")
    result = rebuilt(notebook)
    both = texts["train"] + "\n\n" + texts["relative_movement"]
    assert result.answers == texts | {"train": both, "relative_movement": both}
    assert [doubt.split(":")[0] for doubt in result.doubts] == ["relative_movement"]


@pytest.mark.parametrize("keeps_metadata", [True, False])
def test_split_within_a_function(keeps_metadata: bool) -> None:
    lines = TRAIN.split("\n")
    notebook = handed_in(NAME, train="\n".join(lines[:4]))
    rest = copy.deepcopy(cell(notebook, "train"))
    rest.source = "\n".join(lines[4:])
    if not keeps_metadata:
        lose_metadata(rest)
    notebook.cells.insert(at(notebook, "train") + 1, rest)
    result = rebuilt(notebook)
    assert "train" not in result.missing
    (doubt,) = result.doubts
    if keeps_metadata:
        assert result.answers["train"] == TRAIN
        assert doubt == "train: put together from cells 5, 6"
    else:
        assert doubt == "cell 6: cut off from another cell, by the indent"


def test_split_above_the_function() -> None:
    helper = "# exercise: train\ndef helper():\n    return 1"
    function = TRAIN.partition("\n")[2]
    notebook = handed_in(NAME, train=helper)
    put(notebook, at(notebook, "train") + 1, function)
    result = rebuilt(notebook)
    assert result.answers["train"] == f"{helper}\n{function}"
    assert result.doubts == ("train: put together from cells 5, 6",)
    assert "helper" not in result.discarded_names


def test_split_and_its_first_half_mislabelled() -> None:
    """Pieces are put together in the order of the notebook, not of their labels."""
    helper, function = "def helper():\n    return 1", TRAIN
    notebook = handed_in(NAME, train=helper)
    cell(notebook, "train").metadata.nbgrader.grade_id = "setup_1"
    put(notebook, at(notebook, "train") + 1, function)
    result = rebuilt(notebook)
    assert result.answers["train"] == f"{helper}\n{function}"
    assert result.doubts == ("train: put together from cells 5, 6",)
