"""What may be done to the cells of a submission: each a function, and any few in a row."""

import copy
from collections.abc import Callable

from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from tests import bank
from tests.instructor.handed_in import code_answers, handed_in, lose_metadata, released

Cells = list[NotebookNode]
STUBS = {
    cell.id: cell.source
    for name in bank.EXERCISES
    for cell in released(name).cells
    if cell.id in code_answers(name)
}
Damage = Callable[[Cells, int, int], None]


def move(cells: Cells, i: int, j: int) -> None:
    cells.insert(j, cells.pop(i))


def delete(cells: Cells, i: int, j: int) -> None:
    del cells[i]


def duplicate(cells: Cells, i: int, j: int) -> None:
    cells.insert(j, copy.deepcopy(cells[i]))


def duplicate_and_edit(cells: Cells, i: int, j: int) -> None:
    duplicate(cells, i, j)
    cells[j].source += "\n\nsomething = 'else'"


def split(cells: Cells, i: int, j: int) -> None:
    lines = cells[i].source.split("\n")
    cut = 1 + j % max(1, len(lines) - 1)
    rest = copy.deepcopy(cells[i])
    cells[i].source, rest.source = "\n".join(lines[:cut]), "\n".join(lines[cut:])
    cells.insert(i + 1, rest)


def split_without_metadata(cells: Cells, i: int, j: int) -> None:
    split(cells, i, j)
    lose_metadata(cells[i + 1])


def merge(cells: Cells, i: int, j: int) -> None:
    if i + 1 < len(cells):
        below = cells.pop(i + 1)
        cells[i].source += "\n\n"[: 1 + j % 2] + below.source


def retype(cells: Cells, i: int, j: int) -> None:
    cells[i].cell_type = ["code", "markdown", "raw"][j % 3]


def lose_all(cells: Cells, i: int, j: int) -> None:
    lose_metadata(cells[i])


def lose_nbgrader(cells: Cells, i: int, j: int) -> None:
    cells[i].metadata.pop("nbgrader", None)


def swap_metadata(cells: Cells, i: int, j: int) -> None:
    cells[i].metadata, cells[j].metadata = cells[j].metadata, cells[i].metadata


def swap_all_labels(cells: Cells, i: int, j: int) -> None:
    """Not of two texts: nothing in them says which is which, and a person reads what is there."""
    if "code" in (cells[i].cell_type, cells[j].cell_type):
        swap_metadata(cells, i, j)
        cells[i].id, cells[j].id = cells[j].id, cells[i].id


def rename(cells: Cells, i: int, j: int) -> None:
    cells[i].metadata.nbgrader = NotebookNode(grade_id=cells[j].id, points=99, solution=True)


def lose_marker(cells: Cells, i: int, j: int) -> None:
    first, _, rest = cells[i].source.partition("\n")
    if first.startswith("# exercise"):
        cells[i].source = rest


def retag(cells: Cells, i: int, j: int) -> None:
    cells[i].metadata.tags = ["setup", "experiment", "skip-execution"][: j % 4]


def leave_stub_and_answer_below(cells: Cells, i: int, j: int) -> None:
    if cells[i].id in STUBS:
        cells.insert(i + 1, new_code_cell(cells[i].source))
        lose_marker(cells, i + 1, 0)
        cells[i].source = STUBS[cells[i].id]


def write_code(cells: Cells, i: int, j: int) -> None:
    cells.insert(i, new_code_cell("import pandas as pd\n\ndef helper(x):\n    return pd.isna(x)"))


def write_prose(cells: Cells, i: int, j: int) -> None:
    cells.insert(i, new_markdown_cell("A note to myself."))


DAMAGES = [
    *(move, delete, duplicate, duplicate_and_edit, split, split_without_metadata, merge, retype),
    *(lose_all, lose_nbgrader, swap_metadata, swap_all_labels, rename, lose_marker, retag),
    *(leave_stub_and_answer_below, write_code, write_prose),
]
places = st.integers(0, 30)
damages = st.lists(st.tuples(st.sampled_from(DAMAGES), places, places), max_size=6)


def damaged(name: str, done: list[tuple[Damage, int, int]]) -> NotebookNode:
    notebook = handed_in(name)
    for damage, i, j in done:
        if size := len(notebook.cells):
            damage(notebook.cells, i % size, j % size)
    return notebook
