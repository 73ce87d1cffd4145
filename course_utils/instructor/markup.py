"""Read `solutions/NAME/NAME.md`: which cell plays which role.

A cell's role stands in its first line or its tags:

    # exercise: train              an answer cell; defines `train` between BEGIN and END SOLUTION
    # check: train (3 points)      a test cell for the answer `train`; may hold HIDDEN TESTS
    # check: train_batches (2 points)     another one
    :tags: [setup]                 released as it is and run on both sides of the grading
    :tags: [experiment]            for the student to play with; no check needs it
    +++ {"open": "why", "points": 4}      markdown, an open question that a person marks
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat
import yaml
from jupytext.myst import MystMetadataParsingError, myst_to_notebook

Role = Literal["text", "setup", "experiment", "exercise", "check", "open"]

EXERCISE = re.compile(r"# exercise: (\w+)$")
CHECK = re.compile(r"# check: (\w+) \((\d+) points?\)$")
NAME = re.compile(r"[A-Za-z0-9_]{1,64}")
FENCE = re.compile(r"^ *(```+|~~~+)\{code-cell\}", re.MULTILINE)
FENCE_END = re.compile(r"(```+|~~~+)$")


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
    text = _text(path)
    notebook = _notebook(path, text)
    lines = [line.strip() for line in text.split("\n")]
    cells, counts = [], {"setup": 0, "experiment": 0, "text": 0}
    starts = notebook.metadata.pop("source_map")
    for number, (cell, start) in enumerate(zip(notebook.cells, starts, strict=True), start=1):
        line = _line_of(lines, start, cell.source)
        where = f"{path}:{line}: cell {number}"
        if cell.cell_type == "code" and not _is_closed(lines, line, cell.source):
            raise MarkupError(f"{where}: its fence is not closed: end it with ```")
        role, name, points = _role(cell, where)
        if role in counts:
            counts[role] += 1
            name = f"{role}_{counts[role]}"
        cells.append(Cell(role, cell.source, name, points, line, number))
    return Exercise(path, *_front_matter(path, notebook.metadata), tuple(cells))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MarkupError(f"{path}:{line}: not UTF-8: save it as UTF-8") from None


def _notebook(path: Path, text: str) -> nbformat.NotebookNode:
    """The notebook by jupytext, whose `source_map` says where each cell's text begins."""
    try:
        return myst_to_notebook(text, add_source_map=True)
    except nbformat.ValidationError as error:  # a fence's options or the front matter
        place = "/".join(str(part) for part in error.absolute_path)
        raise MarkupError(f"{path}:1: {place}: {error.message}") from None
    except (MystMetadataParsingError, yaml.YAMLError) as error:
        what = " ".join(str(error).split())
        line = match[1] if (match := re.search(r"at line (\d+) could", what)) else "1: front matter"
        raise MarkupError(f"{path}:{line}: {what}") from None


def _front_matter(path: Path, metadata: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The `course:` block and the kernel."""
    course, kernel = metadata.get("course"), metadata.get("kernelspec", {})
    if not isinstance(course, dict) or course.get("assignment") != path.stem:
        raise MarkupError(f"{path}:1: front matter: give course: with assignment: {path.stem}")
    try:
        json.dumps(course, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise MarkupError(f"{path}:1: front matter: course: {error}") from None
    if not {"name", "display_name"} <= set(kernel) or kernel.get("language") != "python":
        what = "give kernelspec: with name, display_name and language: python"
        raise MarkupError(f"{path}:1: front matter: {what}")
    return course, dict(kernel)


def _role(cell: Any, where: str) -> tuple[Role, str, int]:
    if cell.cell_type == "markdown":
        if "open" not in cell.metadata:
            return "text", "", 0
        name = _name(cell.metadata["open"], where)
        return "open", name, _points(cell.metadata.get("points"), where)
    first = cell.source.split("\n", 1)[0]
    if match := EXERCISE.match(first):
        return "exercise", _name(match[1], where), 0
    if match := CHECK.match(first):
        return "check", _name(f"check_{match[1]}", where), _points(int(match[2]), where)
    tags = set(cell.metadata.get("tags", [])) & {"setup", "experiment"}
    if len(tags) != 1:
        raise MarkupError(
            f"{where}: no role: begin it with '# exercise: NAME' or '# check: NAME (N points)', "
            "or tag it setup or experiment"
        )
    return tags.pop(), "", 0


def _name(value: object, where: str) -> str:
    if not isinstance(value, str) or not NAME.fullmatch(value):
        raise MarkupError(f"{where}: name {value!r}: give 1 to 64 letters, digits and _ of ASCII")
    return value


def _points(value: object, where: str) -> int:
    if type(value) is not int or value < 1:
        raise MarkupError(f"{where}: points={value!r}: give a whole number of at least 1")
    return value


def _line_of(lines: list[str], start: int, source: str) -> int:
    """The line of the file, from 1, at which a cell's text begins: the first match from `start`.

    A cell without text gets the line before: its fence.
    """
    body = [line.strip() for line in source.split("\n")]
    places = (i for i in range(start, len(lines)) if lines[i : i + len(body)] == body)
    return next(places, start) + 1 if source else start


def _is_closed(lines: list[str], line: int, source: str) -> bool:
    """Whether a code cell ends with its fence, and not with the next cell's or the file's end."""
    rest = lines[line + source.count("\n") :] if source else lines[line:]
    end = next((text for text in rest if text), "")
    return bool(FENCE_END.match(end)) and not FENCE.search(source)
