"""Read `solutions/NAME/NAME.md`: which cell plays which role.

A cell's role stands in its first line or its tags:

    # exercise: train              an answer cell; defines `train` between BEGIN and END SOLUTION
    # check: train (3 points)      a test cell for the answer `train`; may hold HIDDEN TESTS
    # check: train_batches (2 points)     another one
    :tags: [setup]                 released as it is and run on both sides of the grading
    :tags: [experiment]            for the student to play with; no check needs it
    +++ {"open": "why", "points": 4}      markdown, an open question that a person marks
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jupytext

Role = Literal["text", "setup", "experiment", "exercise", "check", "open"]

EXERCISE = re.compile(r"# exercise: (\w+)$")
CHECK = re.compile(r"# check: (\w+) \((\d+) points?\)$")
FENCE = re.compile(r"```\{code-cell\}")


class MarkupError(ValueError):
    """The source breaks the rules; the message names file, line and cell."""


@dataclass(frozen=True)
class Cell:
    """One cell of the source, with what its markup says."""

    role: Role
    source: str
    name: str
    """The grade id: `train`, `check_train`, `setup_1`, ..."""
    points: int
    line: int
    """Where the cell's text begins in the source file, from 1."""
    number: int
    """Its place in the notebook, from 1."""


@dataclass(frozen=True)
class Exercise:
    """A whole source: its cells, its `course:` block and its kernel."""

    path: Path
    course: dict[str, Any]
    kernelspec: dict[str, str]
    cells: tuple[Cell, ...]

    def error(self, cell: Cell, what: str, offset: int = 0) -> MarkupError:
        """An error at a line of a cell, counted from 0."""
        return MarkupError(f"{self.path}:{cell.line + offset}: cell {cell.number}: {what}")


def read(path: Path) -> Exercise:
    """Parse one source; MarkupError says what to mend and where. `rules.verify` checks the rest."""
    text = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    code_lines = _code_lines(text)
    cells, counts = [], {"setup": 0, "experiment": 0, "text": 0}
    for number, cell in enumerate(notebook.cells, start=1):
        line = next(code_lines) if cell.cell_type == "code" else _line_of(text, cell.source)
        where = f"{path}:{line}: cell {number}"
        role, name, points = _role(cell, where)
        if role in counts:
            counts[role] += 1
            name = f"{role}_{counts[role]}"
        cells.append(Cell(role, cell.source, name, points, line, number))
    course = notebook.metadata.get("course")
    if not isinstance(course, dict) or course.get("assignment") != path.stem:
        raise MarkupError(f"{path}:1: front matter: give course: with assignment: {path.stem}")
    return Exercise(path, course, dict(notebook.metadata["kernelspec"]), tuple(cells))


def _role(cell: Any, where: str) -> tuple[Role, str, int]:
    if cell.cell_type != "code":
        if "open" not in cell.metadata:
            return "text", "", 0
        return "open", str(cell.metadata["open"]), _points(cell.metadata.get("points"), where)
    first = cell.source.split("\n", 1)[0]
    if match := EXERCISE.match(first):
        return "exercise", match[1], 0
    if match := CHECK.match(first):
        return "check", f"check_{match[1]}", _points(int(match[2]), where)
    tags = set(cell.metadata.get("tags", [])) & {"setup", "experiment"}
    if len(tags) != 1:
        raise MarkupError(
            f"{where}: no role: begin it with '# exercise: NAME' or '# check: NAME (N points)', "
            "or tag it setup or experiment"
        )
    return tags.pop(), "", 0


def _points(value: object, where: str) -> int:
    if not isinstance(value, int) or value < 1:
        raise MarkupError(f"{where}: points={value!r}: give a whole number of at least 1")
    return value


def _code_lines(text: str) -> Iterator[int]:
    """The line at which the text of each code cell begins: after its fence and its options."""
    lines = text.split("\n")
    for i, line in enumerate(lines):
        if not FENCE.match(line):
            continue
        i += 1
        if lines[i] == "---":
            i = lines.index("---", i + 1) + 1
        while lines[i].startswith(":"):
            i += 1
        while not lines[i].strip():
            i += 1
        yield i + 1


def _line_of(text: str, source: str) -> int:
    return text[: max(text.find(source), 0)].count("\n") + 1
