"""A submitted notebook as pieces of evidence: what each cell says it is, and what it defines.

A piece is a cell, or a part of one that was merged from several: `# exercise: NAME` and
`# check: NAME` lines say where one ends. Everything in it is the student's word.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from nbformat import NotebookNode

from course_utils.checks.cells import MOST_CODE
from course_utils.instructor.rebuild import python_text

MOST_CODE_IN_ALL = 200_000
MOST_PROSE = 4_000_000
"""Characters of a cell; Colab writes pasted pictures into the text."""

Role = Literal["answer", "open", "check", "setup", "experiment", "text"]
How = Literal["nbgrader metadata", "cell id", "metadata.id", "marker"]

_MARKER = re.compile(r"#+[ \t]*(?P<kind>exercise|check)[ \t]*:[ \t]*(?P<name>\w+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Released:
    """The released notebook, by the names of its cells."""

    notebook: NotebookNode
    cells: dict[str, NotebookNode]
    roles: dict[str, Role]

    def names(self, *roles: Role) -> list[str]:
        """The names of cells of these roles, in their order."""
        return [name for name, role in self.roles.items() if role in roles]

    @cached_property
    def unchanged(self) -> dict[str, str]:
        """Which cell a text is, of those that hold no answers."""
        others = self.names("check", "setup", "experiment", "text")
        return {python_text.normal(self.cells[name].source): name for name in others}


@dataclass(frozen=True, eq=False)
class Piece:
    """A cell of the submission, or a part of one."""

    number: int
    """The cell's place in the submission, from 1."""
    kind: str
    text: str
    labels: dict[How, str]
    """Names of released cells that it carries."""
    functions: frozenset[str]
    """Functions, classes and methods that it defines."""
    defines: frozenset[str]
    """Those of them that are answers."""
    released: str = ""
    """The released cell that it is, word for word, of those that hold no answers."""
    attachments: Any = None

    @property
    def named(self) -> set[str]:
        """All released cells that it says it is."""
        return set(self.labels.values())

    @property
    def is_own(self) -> bool:
        """Whether it is a cell that the student added, by all that can be seen."""
        is_code = self.kind == "code"
        blank = python_text.is_blank(self.text) if is_code else not self.text.strip()
        return not (self.labels or self.released or blank)


def read_release(notebook: NotebookNode) -> Released:
    """The cells of a released notebook by name and role."""
    cells = {_grade_id(cell) or cell.id: cell for cell in notebook.cells}
    return Released(notebook, cells, {name: _role(cell) for name, cell in cells.items()})


def read_pieces(release: Released, submitted: NotebookNode) -> tuple[list[Piece], list[str]]:
    """All pieces in their order, and doubts about cells that are too long to be looked at."""
    pieces, too_long, left = list[Piece](), list[str](), MOST_CODE_IN_ALL
    for number, cell in enumerate(submitted.cells, start=1):
        is_code, size = cell.cell_type == "code", len(cell.source)
        if size > (min(MOST_CODE, left) if is_code else MOST_PROSE):
            too_long.append(str(number))
            continue
        left -= size if is_code else 0
        pieces += _pieces_of(release, number, cell)
    which = ", ".join(too_long[:10])
    return pieces, [f"cells too long to be looked at: {which}"] if too_long else []


def metadata_of(cell: NotebookNode) -> Mapping[str, Any]:
    """What stands under `nbgrader`; nothing where that is no dictionary."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _grade_id(cell: NotebookNode) -> str:
    name = metadata_of(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def _role(cell: NotebookNode) -> Role:
    metadata, tags = metadata_of(cell), cell.metadata.get("tags", [])
    if metadata.get("solution"):
        return "answer" if cell.cell_type == "code" else "open"
    if metadata.get("grade"):
        return "check"
    if cell.cell_type != "code":
        return "text"
    return "experiment" if "experiment" in tags else "setup"


def _pieces_of(release: Released, number: int, cell: NotebookNode) -> Iterator[Piece]:
    # Half of a surrogate pair cannot be written to a file; nothing else is changed.
    text, kind = cell.source.encode("utf-8", "replace").decode(), cell.cell_type
    whole = python_text.normal(text) in release.unchanged
    parts = [("", text)] if whole else _parts(release, kind, text)
    for i, (marker, part) in enumerate(parts):
        labels = _labels(release, cell) if i == 0 else {}
        if marker:
            labels["marker"] = marker
        known = release.unchanged.get(python_text.normal(part), "")
        functions = frozenset[str]()
        if not known and len(part) <= MOST_CODE:
            functions = python_text.functions(python_text.without_magics(part)[0])
        defines = functions & set(release.names("answer"))
        yield Piece(number, kind, part, labels, functions, defines, known, cell.get("attachments"))


def _labels(release: Released, cell: NotebookNode) -> dict[How, str]:
    metadata = cell.get("metadata")
    inner = metadata.get("id") if isinstance(metadata, Mapping) else None
    found: dict[How, Any] = {
        "nbgrader metadata": _grade_id(cell),
        "cell id": cell.get("id"),
        "metadata.id": inner,
    }
    return {
        how: name for how, name in found.items() if isinstance(name, str) and name in release.cells
    }


def _parts(release: Released, kind: str, text: str) -> list[tuple[str, str]]:
    """The cell cut at its markers: name and text of each part."""
    lines = text.split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), -1)
    inside = _inside_statements(text) if kind == "code" else set(range(first + 1, len(lines)))
    marks = [
        (i, name)
        for i, line in enumerate(lines)
        if i not in inside and (i == first or line.startswith("#"))
        if (name := _marked(release, line))
    ]
    names = ["", *(name for _, name in marks)]
    cuts = [mark for mark, above in zip(marks, names, strict=False) if mark[1] != above]
    if not cuts:
        return [("", text)]
    start = cuts[0][0]
    before = "\n".join(lines[:start])
    if python_text.functions(before) & set(release.names("answer")):
        cuts = [(0, ""), *cuts]  # an answer that lost its marker stands before the first one
    else:
        cuts[0] = (0, cuts[0][1])
    ends = [at for at, _ in cuts[1:]] + [len(lines)]
    parts = ["\n".join(lines[at:end]) for (at, _), end in zip(cuts, ends, strict=True)]
    return [
        (name, part if i == len(parts) - 1 else part.rstrip("\n"))
        for i, ((_, name), part) in enumerate(zip(cuts, parts, strict=True))
    ]


def marked_in(release: Released, text: str) -> set[str]:
    """The names of released cells that lines of a text mark, wherever they stand."""
    return {name for line in text.split("\n") if (name := _marked(release, line))}


def _marked(release: Released, line: str) -> str:
    """The name of the released cell that a line marks, whatever its case."""
    match = _MARKER.match(line.strip()) if len(line) < 200 else None
    if not match:
        return ""
    is_check = match["kind"].lower() == "check"
    wanted = f"check_{match['name']}" if is_check else match["name"]
    names = release.names("check" if is_check else "answer")
    fits = [name for name in names if name.lower() == wanted.lower()]
    return wanted if wanted in fits else fits[0] if len(fits) == 1 else ""


def _inside_statements(text: str) -> set[int]:
    """Lines, from 0, that belong to a statement which began above: no marker stands there."""
    tree = python_text.parse(python_text.without_magics(text)[0])
    if tree is None:
        return set()
    return {
        line for node in tree.body for line in range(node.lineno, (node.end_lineno or node.lineno))
    }
