"""A rebuild of a submission, with the checks that always hold."""

import copy

import nbformat
import pytest
from nbformat import NotebookNode

from course_utils.instructor.rebuild import Rebuilt, rebuild
from tests import bank
from tests.instructor.handed_in import cell, code_answers, open_answers, released

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


def made_from_another(text: str) -> str:
    """The answer, so that its function's name is no trace: any value may be assigned."""
    return text.replace("def train(", "def trane(") + "\n\ntrain = torch.no_grad()(trane)"


def merged(notebook: NotebookNode, first: str, second: str) -> NotebookNode:
    one, other = cell(notebook, first), cell(notebook, second)
    one.source = one.source + "\n\n" + other.source
    notebook.cells.remove(other)
    return notebook
