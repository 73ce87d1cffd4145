"""A student's answers, put back into the released notebook, whatever became of their cells."""

import copy
from itertools import zip_longest

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.instructor.rebuild import Rebuilt, rebuild
from tests import bank
from tests.instructor.handed_in import (
    PROSE,
    at,
    cell,
    code_answers,
    handed_in,
    lose_metadata,
    open_answers,
    put,
    released,
)

NAME = "lazy_training"
TRAIN = code_answers(NAME)["train"]
OPEN = "meaning_of_the_plots"
OTHER = TRAIN.replace("losses = []", "losses = list()")
each_exercise = pytest.mark.parametrize("name", bank.EXERCISES)


def rebuilt(notebook: NotebookNode, name: str = NAME) -> Rebuilt:
    """Rebuild, and check what always holds."""
    release, before = released(name), copy.deepcopy(notebook)
    result = rebuild(release, notebook)
    assert (release, notebook) == (released(name), before)  # neither is written to
    assert_as_released(result, name)
    return result


def assert_as_released(result: Rebuilt, name: str) -> None:
    """All but the answers is the release, and the answers stand in their cells."""
    release, texts = released(name), result.answers | result.open_answers
    solutions = [c.id for c in release.cells if c.metadata.get("nbgrader", {}).get("solution")]
    assert set(texts) == set(solutions)
    for original, new in zip(release.cells, result.notebook.cells, strict=True):
        expected = copy.deepcopy(original)
        if original.id in texts:
            expected.source = texts[original.id]
            new = copy.deepcopy(new)
            new.pop("attachments", None)
        assert new == expected
        if original.id in result.missing:
            assert new.source == original.source
    assert result.notebook.metadata == release.metadata
    nbformat.validate(result.notebook)
    nbformat.writes(result.notebook).encode()


def assert_whole(result: Rebuilt, name: str = NAME) -> None:
    """Every answer as it was written, and nothing for a person to do."""
    assert result.answers == code_answers(name)
    assert result.open_answers == open_answers(name)
    assert (result.missing, result.doubts) == (frozenset(), ())


def audit(result: Rebuilt, name: str) -> str:
    (line,) = [line for line in result.audit if line.startswith(f"{name}: ")]
    return line.removeprefix(f"{name}: ")


# Round trips


@each_exercise
def test_answers_come_back(name: str) -> None:
    result = rebuilt(handed_in(name), name)
    assert_whole(result, name)
    for answer in result.answers:
        assert audit(result, answer).startswith("by nbgrader metadata, cell ")


@each_exercise
def test_banked_answers_come_back(name: str) -> None:
    """One answer to each question in a submission, as long as there are."""
    banked = [*bank.answers(name, "right"), *bank.answers(name, "wrong")]
    by_question = [[a for a in banked if a.name == question] for question in code_answers(name)]
    for row in zip_longest(*by_question):
        texts = {answer.name: answer.source for answer in row if answer}
        result = rebuilt(handed_in(name, **texts), name)
        assert result.answers == code_answers(name) | texts
        assert (result.missing, result.doubts) == (frozenset(), ())


@each_exercise
def test_the_release_itself_is_all_missing(name: str) -> None:
    result = rebuilt(released(name), name)
    assert result.missing == set(code_answers(name)) | set(open_answers(name))
    assert (result.notebook, result.doubts) == (released(name), ())


@each_exercise
def test_the_solution_notebook_is_a_submission_too(name: str) -> None:
    path = bank.ROOT / "solutions" / name / f"{name}.ipynb"
    result = rebuilt(nbformat.read(path, as_version=4), name)
    assert (result.answers, result.doubts) == (code_answers(name), ())


@each_exercise
def test_all_metadata_and_ids_lost(name: str) -> None:
    """Code comes back by its markers; the open answer has none, so a person looks."""
    notebook = handed_in(name)
    for node in notebook.cells:
        lose_metadata(node)
    result = rebuilt(notebook, name)
    assert (result.answers, result.open_answers) == (code_answers(name), open_answers(name))
    assert result.missing == frozenset()
    (question,) = open_answers(name)
    assert result.doubts == (f"{question}: found by its place below the question",)
    for answer in result.answers:
        assert audit(result, answer).startswith("by its marker, metadata lost")


# One way after the other of finding a cell


def made_from_another(text: str) -> str:
    """The answer, so that its function's name is no trace: any value may be assigned."""
    return text.replace("def train(", "def trane(") + "\n\ntrain = torch.no_grad()(trane)"


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


# Several candidates


def test_a_cell_duplicated() -> None:
    notebook = handed_in(NAME)
    notebook.cells.append(copy.deepcopy(cell(notebook, "train")))
    result = rebuilt(notebook)
    assert_whole(result)
    assert "2 copies" in audit(result, "train")

    notebook.cells[-1].source = OTHER
    result = rebuilt(notebook)
    assert result.answers["train"] == OTHER  # a kernel would keep the last one, too
    assert result.doubts == (
        "train: cells 5, 24 differ, and each may be it: that of cell 24 is used",
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


# Merged and split


def merged(notebook: NotebookNode, first: str, second: str) -> NotebookNode:
    one, other = cell(notebook, first), cell(notebook, second)
    one.source = one.source + "\n\n" + other.source
    notebook.cells.remove(other)
    return notebook


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


# What is not there


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


# What is released stays so


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


# IPython's lines


@pytest.mark.parametrize(
    ("line", "comment"),
    [
        ("%matplotlib inline", "# %matplotlib inline"),
        ("!pip install it's", "# !pip install it's"),
        ("files = !ls *.py", "# files = !ls *.py"),
        ("np.dot?", "# np.dot?"),
        ("!echo a \\\n  b", "# !echo a \\\npass  # b"),
        ("if np:\n    %pip install torch", "if np:\n    pass  # %pip install torch"),
    ],
)
def test_ipythons_lines_become_comments(line: str, comment: str) -> None:
    marker, _, function = TRAIN.partition("\n")
    result = rebuilt(handed_in(NAME, train=f"{marker}\n{line}\n{function}"))
    if "\\" in line:
        comment = "# !echo a \\\n  pass  # b"
    expected = f"{marker}\n{comment}\n{function}"
    assert result.answers["train"] == expected
    assert (result.missing, result.doubts) == (frozenset(), ())
    assert "IPython commented out" in audit(result, "train")


def test_what_only_looks_like_ipython_stays() -> None:
    text = TRAIN + '\n\nx = (7\n  % 4)\nnote = """\n%time\n!ls\n%%bash\nwhat?\n"""'
    result = rebuilt(handed_in(NAME, train=text))
    assert result.answers["train"] == text
    assert "IPython" not in audit(result, "train")


def test_a_cell_magic_that_runs_no_python() -> None:
    for magic, doubts in [("%%capture out", 0), ("%%writefile answer.py", 1), ("%%bash", 1)]:
        result = rebuilt(handed_in(NAME, train=f"{magic}\n{TRAIN}"))
        assert result.answers["train"] == f"# {magic}\n{TRAIN}"
        assert len(result.doubts) == doubts


# Names in cells that are not graded


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


# Open answers


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
    assert result.doubts == (f"{OPEN}: put together from cells 22, 24",)


def test_an_open_answer_left_or_deleted() -> None:
    notebook = handed_in(NAME, **{OPEN: "YOUR ANSWER HERE  \n"})
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({OPEN}, ())
    del notebook.cells[-1]
    result = rebuilt(notebook)
    assert (result.missing, result.doubts) == ({OPEN}, ())


# Hostile files


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
