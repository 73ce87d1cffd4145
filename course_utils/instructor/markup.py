"""Read `solutions/NAME/NAME.md`: which cell plays which role, and whether the markup is sound.

A cell's role stands in its first line or its tags:

    # exercise: train              an answer cell; defines `train` between BEGIN and END SOLUTION
    # check: train (3 points)      a test cell for the answer `train`; may hold HIDDEN TESTS
    # check: train_batches (2 points)     another one
    :tags: [setup]                 released as it is and run on both sides of the grading
    :tags: [experiment]            for the student to play with; no check needs it
    +++ {"open": "why", "points": 4}      markdown, an open question that a person marks

Test cells keep to the protocol that lets them run apart from the student's code: they use names
that answer and set-up cells define, the course, NumPy and torch, and nothing else.
"""

import ast
import builtins
import re
import symtable
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import jupytext

Role = Literal["text", "setup", "experiment", "exercise", "check", "open"]

EXERCISE = re.compile(r"# exercise: (\w+)$")
CHECK = re.compile(r"# check: (\w+) \((\d+) points?\)$")
FENCE = re.compile(r"```\{code-cell\}")
MARKERS = {
    "SOLUTION": ("exercise", "### BEGIN SOLUTION", "### END SOLUTION"),
    "HIDDEN TESTS": ("check", "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
}
ALLOWED_IN_CHECKS = {"course_utils", "numpy", "torch"}


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


def read(path: Path) -> Exercise:
    """Parse and check one source; MarkupError says what to mend and where."""
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
    exercise = Exercise(path, course, dict(notebook.metadata["kernelspec"]), tuple(cells))
    _check_names_and_points(exercise)
    _check_markers(exercise)
    _check_answers(exercise)
    _check_protocol(exercise)
    return exercise


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


def _check_names_and_points(exercise: Exercise) -> None:
    seen: dict[str, Cell] = {}
    answers = {cell.name for cell in exercise.cells if cell.role == "exercise"}
    for cell in exercise.cells:
        if cell.name in seen:
            raise _error(exercise, cell, f"the name {cell.name!r} stands in cell "
                         f"{seen[cell.name].number} too: rename one")  # fmt: skip
        seen[cell.name] = cell
        if cell.role == "check" and _answer_of(cell.name, answers) is None:
            raise _error(exercise, cell, f"{cell.name!r} checks no answer: name it after one of "
                         f"{', '.join(sorted(answers)) or 'the answer cells (there is none)'}")  # fmt: skip
    checked = {_answer_of(cell.name, answers) for cell in exercise.cells if cell.role == "check"}
    for cell in exercise.cells:
        if cell.role == "exercise" and cell.name not in checked:
            raise _error(exercise, cell, f"nothing checks {cell.name!r}: add a check cell")
    total = sum(cell.points for cell in exercise.cells)
    if total != exercise.course.get("points"):
        raise MarkupError(
            f"{exercise.path}:1: front matter: points: {exercise.course.get('points')}, "
            f"but the cells add up to {total}"
        )


def _answer_of(check: str, answers: set[str]) -> str | None:
    """The longest answer name that `check_...` begins with: check_train_batches -> train."""
    name = check.removeprefix("check_")
    fits = [answer for answer in answers if name == answer or name.startswith(answer + "_")]
    return max(fits, key=len, default=None)


def _check_markers(exercise: Exercise) -> None:
    """Regions are balanced, not nested, and stand only where they belong."""
    for cell in exercise.cells:
        open_at: tuple[str, int] | None = None
        for offset, text in enumerate(cell.source.split("\n")):
            for kind, (role, begin, end) in MARKERS.items():
                marker = text.strip()
                if marker not in (begin, end):
                    continue
                if cell.role != role:
                    raise _error(exercise, cell, f"{marker!r} belongs into {role} cells", offset)
                if (marker == begin) == (open_at is not None):
                    raise _error(exercise, cell, f"{marker!r} out of order", offset)
                open_at = (kind, offset) if marker == begin else None
            if "### BEGIN" in text.upper() and text.strip() not in _all_markers():
                raise _error(exercise, cell, f"unknown marker {text.strip()!r}", offset)
        if open_at is not None:
            raise _error(exercise, cell, f"BEGIN {open_at[0]} without its END", open_at[1])
        if cell.role == "exercise" and MARKERS["SOLUTION"][1] not in cell.source:
            raise _error(exercise, cell, "no '### BEGIN SOLUTION': the answer would be released")


def _all_markers() -> set[str]:
    return {marker for _, begin, end in MARKERS.values() for marker in (begin, end)}


def _check_answers(exercise: Exercise) -> None:
    """An answer cell defines what its name says: `train`, or `LinSin.phi` for LinSin_phi."""
    for cell in exercise.cells:
        if cell.role == "exercise" and cell.name not in set(_defined_functions(exercise, cell)):
            raise _error(exercise, cell, f"defines no function or method for {cell.name!r}")


def _defined_functions(exercise: Exercise, cell: Cell) -> Iterator[str]:
    for node in _parse(exercise, cell).body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            yield from (
                f"{node.name}_{f.name}" for f in node.body if isinstance(f, ast.FunctionDef)
            )
        elif isinstance(node, ast.Assign):
            yield from (ast.unparse(target).replace(".", "_") for target in node.targets)


def _check_protocol(exercise: Exercise) -> None:
    """Test cells use nothing but what exists on both sides of the grading."""
    shared = set(dir(builtins))
    for cell in exercise.cells:
        if cell.role in ("exercise", "setup"):
            shared |= _global_names(exercise, cell)[0]
    for cell in exercise.cells:
        if cell.role != "check":
            continue
        for node in ast.walk(_parse(exercise, cell)):
            if isinstance(node, ast.Import):
                roots = {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                roots = {(node.module or "").split(".")[0]}
            else:
                continue
            if foreign := roots - ALLOWED_IN_CHECKS:
                raise _error(exercise, cell, f"a check imports {', '.join(foreign)}: only "
                             f"{', '.join(sorted(ALLOWED_IN_CHECKS))} exist on both sides",
                             node.lineno - 1)  # fmt: skip
        defined, used = _global_names(exercise, cell)
        for name in sorted(used - defined - shared):
            raise _error(exercise, cell, f"a check uses {name!r}, which no answer or set-up cell "
                         "defines", _first_use(exercise, cell, name))  # fmt: skip


def _global_names(exercise: Exercise, cell: Cell) -> tuple[set[str], set[str]]:
    """Names a cell defines at its top level, and global names it reads anywhere."""
    _parse(exercise, cell)  # a syntax error is reported with its place
    top = symtable.symtable(cell.source, cell.name, "exec")
    defined = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    used, tables = set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        used |= {s.get_name() for s in table.get_symbols()
                 if s.is_referenced() and (table is top or s.is_global())}  # fmt: skip
    return defined, used


def _first_use(exercise: Exercise, cell: Cell, name: str) -> int:
    uses = (n.lineno for n in ast.walk(_parse(exercise, cell))
            if isinstance(n, ast.Name) and n.id == name)  # fmt: skip
    return min(uses, default=1) - 1


def _parse(exercise: Exercise, cell: Cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        raise _error(exercise, cell, f"syntax: {error.msg}", (error.lineno or 1) - 1) from None


def _error(exercise: Exercise, cell: Cell, what: str, offset: int = 0) -> MarkupError:
    return MarkupError(f"{exercise.path}:{cell.line + offset}: cell {cell.number}: {what}")


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
