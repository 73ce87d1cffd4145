"""The released notebook with a student's answers put back.

Answers are found by what a cell says it is (nbgrader's metadata, its id, its marker) and by what it
defines. Where these agree, or only one is left, an answer is taken; where they do not, what the
code defines decides, or a person does. Everything else is as released, whatever was handed in.

No code runs here, and no line for the audit or for a person quotes a student's text.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from course_utils.instructor.rebuild.code import find_code
from course_utils.instructor.rebuild.found import Found, cells
from course_utils.instructor.rebuild.pieces import (
    Piece,
    Released,
    metadata_of,
    read_pieces,
    read_release,
)
from course_utils.instructor.rebuild.prose import find_open
from course_utils.instructor.rebuild.python_text import top_level_names, without_magics

MOST_NAMES = 2000


@dataclass(frozen=True)
class Rebuilt:
    """What is graded, and how it was put together."""

    notebook: NotebookNode
    """As released, without outputs, with the student's answers in their places."""
    answers: dict[str, str]
    """Source of each code answer, by grade id; the released stub where it is missing."""
    open_answers: dict[str, str]
    """Text of each open answer, in the same way."""
    missing: frozenset[str]
    """Answers that are not there, or left as they were."""
    audit: tuple[str, ...]
    """How each answer was found, and what was done to other released cells: a line each."""
    doubts: tuple[str, ...]
    """Why a person has to look; empty if nobody has to."""
    discarded_names: dict[str, str]
    """Names that code outside the answers defines, with its cell: `{"helper": "cell 7"}`.

    In the student's notebook they were there, here they are not: a NameError for one of them is for
    a person to judge. `*` stands for a star import: any name.
    """


def rebuild(release: NotebookNode, submitted: NotebookNode) -> Rebuilt:
    """Put the answers of a submission into the released notebook.

    Both are of nbformat 4.5, and types and sizes of the submitted one have been checked.
    """
    released = read_release(release)
    pieces, doubts = read_pieces(released, submitted)
    code = {name: find_code(released, pieces, name) for name in released.names("answer")}
    prose = {name: find_open(released, pieces, name) for name in released.names("open")}
    found = code | prose
    used = {piece for one in found.values() for piece in one.pieces}
    names, more = _discarded_names(released, pieces, used)
    texts = {name: released.cells[name].source for name in found} | {
        name: one.text for name, one in found.items() if one.text is not None
    }
    return Rebuilt(
        notebook=_put_back(released, texts, prose),
        answers={name: texts[name] for name in code},
        open_answers={name: texts[name] for name in prose},
        missing=frozenset(name for name, one in found.items() if one.text is None),
        audit=(
            *(f"{name}: {one.how}" for name, one in found.items()),
            *_changes(released, pieces, submitted, used),
        ),
        doubts=(
            *doubts,
            *(f"{name}: {doubt}" for name, one in found.items() for doubt in one.doubts),
            *_cut_off(pieces, used),
            *more,
        ),
        discarded_names=names,
    )


def _put_back(released: Released, texts: dict[str, str], prose: dict[str, Found]) -> NotebookNode:
    """A copy of the release with these texts; pictures come with the open answers they are in."""
    notebook = copy.deepcopy(released.notebook)
    for name, cell in zip(released.cells, notebook.cells, strict=True):
        cell.source = texts.get(name, cell.source)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        attached = [p.attachments for p in prose[name].pieces] if name in prose else []
        parts = [part for part in attached if isinstance(part, Mapping)]
        pictures = {key: value for part in parts for key, value in part.items()}
        if pictures:
            cell.attachments = NotebookNode(pictures)
    return notebook


def _changes(
    released: Released, pieces: Sequence[Piece], submitted: NotebookNode, used: set[Piece]
) -> list[str]:
    """What was done to test and set-up cells: it changes nothing, but a person may ask."""
    lines = []
    for name in released.names("check", "setup"):
        mine = [
            p
            for p in pieces
            if p.released == name or (name in p.named and not p.released and p not in used)
        ]
        original = released.cells[name]
        metadata = [metadata_of(submitted.cells[p.number - 1]) for p in mine]
        what = {
            "deleted": not mine,
            "edited": any(not p.released for p in mine),
            f"in {len(mine)} copies": len(mine) > 1,
            "turned to text": any(p.kind != "code" for p in mine),
            "its metadata changed": any(m and m != metadata_of(original) for m in metadata),
        }
        if any(what.values()):
            changes = ", ".join(text for text, is_so in what.items() if is_so)
            lines.append(f"{name}: {changes}: the released one is used")
    return lines


def _cut_off(pieces: Sequence[Piece], used: set[Piece]) -> list[str]:
    """A cell that begins with an indented line is the end of another one."""
    rest = [p for p in pieces if p.kind == "code" and not p.released and p not in used]
    ends = [p for p in rest if p.text.lstrip("\r\n")[:1] in (" ", "\t") and p.text.strip()]
    return [f"{cells(ends)}: cut off from another cell, by the indent"] if ends else []


def _discarded_names(
    released: Released, pieces: Sequence[Piece], used: set[Piece]
) -> tuple[dict[str, str], list[str]]:
    """Names that code outside the answers defines, without those that released cells define too.

    Test cells as released do not count: what an answer takes from a test is its own fault.
    """
    names: dict[str, str] = {}
    for piece in pieces:
        kept = (piece.named | {piece.released}) & set(released.names("check", "setup"))
        if piece.kind != "code" or piece in used or piece.released in kept:
            continue
        here = top_level_names(without_magics(piece.text)[0])
        for name in kept:
            here -= top_level_names(released.cells[name].source)
        for name in sorted(here):
            names.setdefault(name, f"cell {piece.number}")
    if len(names) > MOST_NAMES:
        doubt = f"cells outside the answers define {len(names)} names: not all are remembered"
        return dict(list(names.items())[:MOST_NAMES]), [doubt]
    return names, []
