"""Several cells that may each hold the answer."""

import copy

from tests.instructor.handed_in import cell, code_answers, handed_in, put, released
from tests.instructor.rebuild.rebuilding import NAME, OTHER, TRAIN, assert_whole, audit, rebuilt


def test_a_cell_duplicated() -> None:
    notebook = handed_in(NAME)
    notebook.cells.append(copy.deepcopy(cell(notebook, "train")))
    result = rebuilt(notebook)
    assert_whole(result)
    assert "2 copies" in audit(result, "train")

    notebook.cells[-1].source = OTHER
    result = rebuilt(notebook)
    assert result.answers["train"] == OTHER  # a kernel would keep the last one, too
    last = len(notebook.cells)
    assert result.doubts == (
        f"train: cells 5, {last} differ, and each may be it: that of cell {last} is used",
    )

    notebook.cells[-1].source = cell(released(NAME), "train").source
    assert_whole(rebuilt(notebook))


def test_an_answer_in_a_cell_of_another_name() -> None:
    """Below a stub of the same name it is the answer; here the labels say something else."""
    notebook = handed_in(NAME, train=cell(released(NAME), "train").source)
    text = TRAIN.partition("\n")[2]
    cell(notebook, "check_train").source = text
    result = rebuilt(notebook)
    assert result.answers["train"] == text
    (doubt,) = result.doubts
    assert doubt.startswith("train: what cell 6 says it is and what it defines do not agree")


def test_a_helper_that_redefines_another_answer() -> None:
    """Each exercise is a leaf: who needs `train` again may write it again."""
    text = code_answers(NAME)["relative_movement"] + "\n\n\ndef train():\n    return 1"
    result = rebuilt(handed_in(NAME, relative_movement=text))
    assert result.answers == code_answers(NAME) | {"relative_movement": text}
    assert (result.missing, result.doubts) == (frozenset(), ())


def test_two_answers_in_one_cell_below_the_stubs() -> None:
    stubs = {name: cell(released(NAME), name).source for name in ("train", "relative_movement")}
    texts = {name: code_answers(NAME)[name].partition("\n")[2] for name in stubs}
    both = "\n\n\n".join(texts.values())
    result = rebuilt(put(handed_in(NAME, **stubs), 20, both))
    assert result.answers == code_answers(NAME) | dict.fromkeys(stubs, both)
    assert {doubt.split(":")[0] for doubt in result.doubts} == set(stubs)


def test_a_stub_and_its_answer_in_another_answers_cell() -> None:
    text = code_answers(NAME)["relative_movement"] + "\n\n\n" + TRAIN.partition("\n")[2]
    stub = cell(released(NAME), "train").source
    result = rebuilt(handed_in(NAME, relative_movement=text, train=stub))
    assert result.answers == code_answers(NAME) | {"relative_movement": text, "train": text}
    assert [doubt.split(":")[0] for doubt in result.doubts] == ["train"]
