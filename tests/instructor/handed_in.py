"""Notebooks as students hand them in: a release with answers, and what can become of its cells."""

import copy
from functools import cache

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests import bank

PROSE = "Since every weight moves little.\n\nSee *above*."


@cache
def _released(name: str) -> NotebookNode:
    path = bank.ROOT / "exercises" / name / f"{name}.ipynb"
    return nbformat.read(path, as_version=4)


def released(name: str) -> NotebookNode:
    return copy.deepcopy(_released(name))


@cache
def _solution(name: str) -> dict[str, str]:
    return {c.name: c.source for c in bank.load(name).cells if c.role == "exercise"}


def code_answers(name: str) -> dict[str, str]:
    """The solution's answers, as in the notebook."""
    return dict(_solution(name))


def open_answers(name: str) -> dict[str, str]:
    return {c.name: PROSE for c in bank.load(name).cells if c.role == "open"}


def handed_in(name: str, **answers: str) -> NotebookNode:
    """The release, answered in full; `answers` stand in for some."""
    texts = code_answers(name) | open_answers(name) | answers
    notebook = released(name)
    for cell in notebook.cells:
        cell.source = texts.get(cell.id, cell.source)
    return notebook


def at(notebook: NotebookNode, name: str) -> int:
    """Where the cell with this id stands."""
    return next(i for i, cell in enumerate(notebook.cells) if cell.get("id") == name)


def cell(notebook: NotebookNode, name: str) -> NotebookNode:
    return notebook.cells[at(notebook, name)]


def put(notebook: NotebookNode, place: int, text: str, kind: str = "code") -> NotebookNode:
    """Insert a cell of the student's own."""
    new = new_code_cell if kind == "code" else new_markdown_cell
    notebook.cells.insert(place, new(text))
    return notebook


def lose_metadata(node: NotebookNode) -> None:
    """As cells that were cut and pasted in Colab."""
    node.metadata = NotebookNode()
    node.id = nbformat.v4.new_code_cell().id
