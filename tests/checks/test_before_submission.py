"""A look at a notebook before it is handed in: what it says, where it looks, that it is said."""

import json
import os
import subprocess
import sys
import types
from pathlib import Path

import nbclient
import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum

from course_utils.checks import Report, before_submission, cells, rerun
from tests import bank
from tests.instructor.handed_in import handed_in, released

NAME = "linear_networks"
SLOPPY = "def forward(weights, X):\n    return helper(weights, X)"


@pytest.fixture
def look(tmp_path):
    """What is said of a notebook, by what it is about."""

    def look(notebook: NotebookNode) -> dict[str, str]:
        path = tmp_path / "mine.ipynb"
        path.write_text(nbformat.writes(notebook))
        return said(before_submission(path))

    return look


def said(report: Report) -> dict[str, str]:
    """Texts by their subject; `!` before what is to be mended."""
    found: dict[str, str] = {}
    for line in report.lines:
        text = ("! " if line.mend else "") + line.text
        found[line.about] = "\n".join(filter(None, [found.get(line.about), text]))
    return found


def cell_of(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == name)


def number_of(notebook: NotebookNode, name: str) -> int:
    return notebook.cells.index(cell_of(notebook, name)) + 1


def test_right_answers_are_ready(tmp_path):
    path = tmp_path / "Copy of mine.ipynb"
    path.write_text(nbformat.writes(handed_in(NAME)))
    report = before_submission(path)
    assert report.is_ready
    assert report.file == "Copy of mine.ipynb"
    assert "save first" in report.state
    texts = said(report)
    assert [texts[a.id] for a in answer_cells(released(NAME))] == ["passed"] * 6
    assert texts["why_steps"] == "answered; a person reads it"
    assert repr(report).endswith("Hand in Copy of mine.ipynb")


def answer_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    ]


@pytest.mark.parametrize("name", bank.EXERCISES)
def test_a_released_notebook_is_untouched_everywhere(name, look):
    notebook = released(name)
    texts = look(notebook)
    assert texts.pop("notebook") == f"it is {name}"
    course = notebook.metadata.course.answers
    assert list(texts) == [*course.code, *course.open]
    assert all(text.startswith("! untouched: write your answer") for text in texts.values())


def test_one_mistake_of_each_kind(look):
    notebook = handed_in(NAME)
    # nothing but the stub's two lines, under a new comment and with no checksum to go by
    cell_of(notebook, "gradients").source = cell_of(released(NAME), "gradients").source + "\n# ?"
    wrong = bank.answers(NAME, "wrong")
    slip = next(answer for answer in wrong if answer.name == "best_map_of_rank")
    cell_of(notebook, "best_map_of_rank").source = slip.source
    notebook.cells.remove(cell_of(notebook, "loss"))
    cell_of(notebook, "forward").source = f"# exercise: forward\n{SLOPPY}"
    notebook.cells.insert(1, new_code_cell("def helper(weights, X):\n    return X"))
    cell_of(notebook, "gradients_from_moments").source = (
        "# exercise: gradients_from_moments\nfrom course_utils import training\n"
        "%time\ndef gradients_from_moments(w, C11, C31)\n    return 1"
    )
    cell_of(notebook, "why_steps").source = "YOUR ANSWER HERE\n"
    texts = look(notebook)
    place = number_of(notebook, "gradients")
    assert texts["gradients"] == f"! untouched: cell {place} still raises NotImplementedError"
    assert slip.message in texts["best_map_of_rank"]
    assert "# exercise: loss" in texts["loss"]
    assert texts["loss"].startswith("! missing")
    assert texts["train"] == "! it needs loss, and that is missing"
    assert "NameError: name 'helper' is not defined" in texts["forward"]
    assert "put what it needs into its cell" in texts["forward"]
    assert "its cell stopped: SyntaxError" in texts["gradients_from_moments"]
    assert texts["why_steps"].startswith("! untouched")


def test_names_that_cells_lost(look):
    notebook = handed_in(NAME)
    forward, loss = cell_of(notebook, "forward"), cell_of(notebook, "loss")
    forward.metadata, forward.id = NotebookNode(), "abc"  # the marker is left
    loss.source = loss.source.split("\n", 1)[1]  # the metadata is left
    train = cell_of(notebook, "train")
    train.metadata, train.id, train.source = NotebookNode(), "def", train.source.split("\n", 1)[1]
    again = cell_of(notebook, "gradients")
    notebook.cells.append(new_code_cell(again.source.replace("return", "return 2 *"), id="twice"))
    texts = look(notebook)
    assert texts["forward"] == "passed"
    assert texts["loss"].startswith("passed\nwrite  # exercise: loss")
    lost = notebook.cells.index(train) + 1
    assert texts["train"].startswith(f"! cell {lost} defines it, but lost its name: write  # exer")
    first, last = notebook.cells.index(again) + 1, len(notebook.cells)
    assert texts["gradients"].startswith(f"! cells {first} and {last} both say they are it")


def test_what_the_grader_puts_right_is_no_mistake(look):
    notebook = handed_in(NAME)
    cell_of(notebook, "check_forward").source = "# check: forward (2 points)\n"
    notebook.cells.remove(cell_of(notebook, "check_loss"))
    texts = look(notebook)
    place = number_of(notebook, "check_forward")
    assert texts[f"cell {place}"].startswith("changed; graded are")
    assert texts["loss"] == "its check is not in the notebook; it will be graded"
    assert not any(text.startswith("!") for text in texts.values())


def test_a_notebook_that_lost_its_name(look):
    notebook = handed_in(NAME)
    del notebook.metadata["course"]
    texts = look(notebook)
    assert texts["notebook"].startswith("! it no longer says which exercise it is: download")
    assert texts["forward"] == "passed"
    chapter = nbformat.v4.new_notebook(cells=[new_code_cell("1 / 0")])
    assert look(chapter)["notebook"].startswith("! no exercise of this course")


def test_what_may_not_be_imported(look):
    notebook = handed_in(NAME)
    cell_of(notebook, "forward").source += "\ndef more():\n    import course_utils.training.linear"
    assert "! it may not use course_utils.training" in look(notebook)["forward"]


@pytest.mark.parametrize(
    ("line", "word"),
    {
        "import os; os._exit(3)": "Python ended in it, with status 3",
        "import os; os.write(1, b'x' * 10**6)": "passed",
        # Below an answer these cost nothing when it is graded.
        "raise SystemExit": "passed",
        "input()": "passed",
        "from google.colab import drive; drive.mount('/content/drive')": "passed",
        "display(get_ipython())": "passed",
        "plot(losses_of_my_experiment)": "passed",
    }.items(),
)
def test_what_stands_below_an_answer(line, word, look):
    notebook = handed_in(NAME)
    cell_of(notebook, "gradients_from_moments").source += f"\n{line}"
    texts = look(notebook)
    assert word in texts["gradients_from_moments"]


def test_an_answer_that_never_ends():
    ran = rerun.rerun([cells.Cell(3, "code", "while True: pass")], patience=5)
    assert "it was not done after 5 s" in ran[3].text


def test_what_needs_a_stub_says_which(look):
    notebook = released(NAME)
    for name in ("train", "loss"):
        cell_of(notebook, name).source = cell_of(handed_in(NAME), name).source
    texts = look(notebook)
    assert texts["train"] == "! it needs forward, and that still raises NotImplementedError"
    assert texts["loss"] == "! it needs forward, and that still raises NotImplementedError"


def test_a_new_python_knows_nothing_of_this_one(look, monkeypatch):
    """What a student changed for all of NumPy is not there when it is graded."""
    monkeypatch.setattr("numpy.linalg.svd", None)
    assert look(handed_in(NAME))["best_map_of_rank"] == "passed"


def test_the_checksum_is_nbgraders():
    for name in bank.EXERCISES:
        notebook = released(name)
        read = cells.read_notebook(nbformat.writes(notebook).encode())
        for node, cell in zip(notebook.cells, read.cells, strict=True):
            if "nbgrader" in node.metadata:
                assert cell.is_as_released
                node.source += " "
                assert cells._checksum(cells._cell(node, 1)) == compute_checksum(node)


# Where the notebook is.

ASK = "from course_utils.checks import before_submission\nprint(before_submission())"


def in_a_kernel(folder: Path, code: str = ASK) -> str:
    """What a cell prints in a kernel that was started in this folder."""
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell(code)])
    resources = {"metadata": {"path": str(folder)}}
    nbclient.NotebookClient(notebook, timeout=60, resources=resources).execute()
    return "".join(output.get("text", "") for output in notebook.cells[0].outputs)


@pytest.fixture
def saved(tmp_path, monkeypatch) -> Path:
    """A notebook in a folder of a server; a kernel started there finds the course."""
    monkeypatch.setenv("PYTHONPATH", str(bank.ROOT))
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    path = tmp_path / "week 1" / "mine.ipynb"
    path.parent.mkdir()
    path.write_text(nbformat.writes(released(NAME)))
    return path


@pytest.mark.parametrize("whole", [True, False], ids=["whole path", "from the server's folder"])
def test_jupyter_says_it_in_the_environment(saved, whole, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(saved) if whole else "week 1/mine.ipynb")
    assert "7 things to mend" in in_a_kernel(saved.parent)


def test_vs_code_says_it_in_a_variable(saved):
    told = in_a_kernel(saved.parent, f"__vsc_ipynb_file__ = {str(saved)!r}\n{ASK}")
    assert "mine.ipynb, saved at" in told
    assert "7 things to mend" in told


def test_a_kernel_that_is_told_nothing_says_so(saved):
    assert "no notebook found from here: call before_submission(" in in_a_kernel(saved.parent)


@pytest.fixture
def colab(monkeypatch):
    """Colab's modules by their names; calling it sets what the page answers."""

    def answer(reply) -> list:
        asked = []

        def blocking_request(request_type, request="", timeout_sec=5, parent=None):
            asked.append(request_type)
            if isinstance(reply, Exception):
                raise reply
            return reply

        message = types.ModuleType("google.colab._message")
        message.blocking_request = blocking_request
        for name in ("google", "google.colab"):
            monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
        monkeypatch.setitem(sys.modules, "google.colab._message", message)
        return asked

    return answer


def test_colab_is_asked_for_what_is_on_screen(colab):
    notebook = released(NAME)
    notebook.metadata.colab = {"name": "Copy of mine.ipynb", "provenance": []}
    for cell in notebook.cells:
        del cell["id"]
    asked = colab({"ipynb": json.loads(json.dumps(notebook))})
    report = before_submission()
    assert asked == ["get_ipynb"]
    assert (report.file, len(report.to_mend)) == ("Copy of mine.ipynb", 7)
    assert "Download .ipynb" in report.state


@pytest.mark.parametrize(
    "reply",
    [None, {}, {"ipynb": None}, [], RuntimeError("gone"),
     {"ipynb": {"metadata": [1], "cells": []}}, {"ipynb": {"metadata": {"colab": {"name": 7}}}}],
    ids=str,
)  # fmt: skip
def test_colab_may_answer_anything(colab, reply):
    colab(reply)
    assert not before_submission().is_ready


@pytest.mark.parametrize(
    "path", [7, b"\0", "\0", "", "~nobody/x", Path("/"), [], "x" * 9999], ids=repr
)
def test_a_path_may_be_anything(path):
    report = before_submission(path)
    assert not report.is_ready
    assert "before_submission(" in repr(report)


# Whatever bytes the file has.

WHOLE = nbformat.writes(released(NAME)).encode()
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["cells", "metadata", "source", "cell_type", "id", "nbgrader", "course", "answers", "code",
     "open", "withheld", "assignment", "grade_id", "points", "checksum", "tags", "locked"]
)  # fmt: skip


@st.composite
def broken(draw) -> bytes:
    """A released notebook in which something else stands in some places."""
    notebook = json.loads(WHOLE)
    for _ in range(draw(st.integers(1, 4))):
        key, value = draw(KEYS), draw(anything)
        holders = [holder for holder in dicts(notebook) if key in holder]
        if holders:
            draw(st.sampled_from(holders))[key] = value
    return json.dumps(notebook).encode()


def dicts(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield value
    for item in inner:
        yield from dicts(item)


UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=60, deadline=None, suppress_health_check=UNHURRIED)
@given(
    data=st.binary(max_size=200) | st.integers(0, len(WHOLE)).map(lambda n: WHOLE[:n]) | broken()
)
def test_any_bytes_get_a_message(tmp_path, monkeypatch, data):
    monkeypatch.setattr("course_utils.checks.handing_in.rerun", lambda *c: {})
    path = tmp_path / "any.ipynb"
    path.write_bytes(data)
    report = before_submission(path)
    assert repr(report).startswith("any.ipynb, saved")
    assert report.lines


def test_it_needs_nothing_of_the_staffs():
    """Nor torch, nor IPython, to say that there is nothing to look at."""
    heavy = ["torch", "nbgrader", "nbformat", "IPython", "jupyter_client"]
    code = f"import sys; {ASK.splitlines()[0]}; before_submission(); "
    code += f"print(*(m for m in {heavy} if m in sys.modules))"
    env = {k: v for k, v in os.environ.items() if k != "JPY_SESSION_NAME"}
    done = subprocess.check_output([sys.executable, "-c", code], text=True, cwd=bank.ROOT, env=env)
    assert not done.strip()


def test_a_kernel_whose_folder_is_gone_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "mine.ipynb")
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    report = before_submission()
    assert not report.is_ready
    assert "'mine.ipynb' is not there" in repr(report)
