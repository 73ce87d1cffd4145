"""A notebook's cells, which answer each one is, and whether it is still as it was released.

Nothing is at hand but the notebook itself. What tells an answer is what the grader goes by too:
nbgrader's metadata, the cell's id, and the first line `# exercise: NAME`. The metadata `course` of
the notebook names all answers, so that a cell which was deleted is missed.
"""

import ast
import hashlib
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from course_utils.checks.plain_json import Refused, loads

MAX_CELLS = 2000
MOST_CODE = 20_000
"""Characters of a code cell; what is longer is not looked at by the grader."""
MARKER = re.compile(r"\s*#+[ \t]*(exercise|check)[ \t]*:[ \t]*(\w{1,64})\b", re.IGNORECASE)
MAGIC = re.compile(r"(\s*)([%!?].*)")
NOT_RUN = {"install", "before_submission"}
OPEN = "YOUR ANSWER HERE"

Role = Literal["setup", "answer", "check", "open", "other"]


@dataclass(frozen=True)
class Cell:
    """A cell; `names` are those that it says it has."""

    number: int
    kind: str
    source: str
    grader: dict[str, Any] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()

    @property
    def marker(self) -> tuple[str, str] | None:
        """What the first line says: `("exercise", "train")`."""
        match = MARKER.match(self.source) if self.kind == "code" else None
        return (match[1].lower(), match[2]) if match else None

    @property
    def code(self) -> str:
        """The source; where it is no Python, its lines for IPython are left out."""
        if _tree(self.source) is not None:
            return self.source
        return "\n".join(MAGIC.sub(r"\1pass  # \2", line) for line in self.source.split("\n"))

    @property
    def is_as_released(self) -> bool | None:
        """Whether nbgrader's checksum is still right; None where there is none."""
        said = self.grader.get("checksum")
        return said == _checksum(self) if isinstance(said, str) else None

    @property
    def is_untouched(self) -> bool:
        """Whether nobody wrote into an answer: as released, or with nothing in it."""
        if self.is_as_released:
            return True
        if self.kind != "code":
            return self.source.strip() in ("", OPEN)
        tree = _tree(self.code)
        return tree is not None and not any(not isinstance(n, ast.Pass) for n in tree.body)

    def defines(self) -> set[str]:
        """Names of functions and methods, in the course's way: `LinSin_phi`."""
        tree, found = _tree(self.code), set[str]()
        for node in tree.body if tree else ():
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                found.add(node.name)
            if isinstance(node, ast.ClassDef):
                inner = (n.name for n in node.body if isinstance(n, ast.FunctionDef))
                found |= {f"{node.name}_{name}" for name in inner}
            if isinstance(node, ast.Assign):
                targets = (t for t in node.targets if isinstance(t, ast.Attribute))
                found |= {ast.unparse(target).replace(".", "_") for target in targets}
        return found

    def imports(self) -> set[str]:
        """Dotted names of all modules that are imported, and of what is taken from them."""
        tree, found = _tree(self.code), set[str]()
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
        return found


@dataclass(frozen=True)
class Notebook:
    """The cells of a notebook and the names of its answers."""

    assignment: str
    """Empty where the notebook does not say which it is."""
    withheld: tuple[str, ...]
    answers: tuple[str, ...]
    open: tuple[str, ...]
    cells: tuple[Cell, ...]

    def role(self, cell: Cell) -> Role:
        """What a cell is for."""
        kind = cell.marker[0] if cell.marker else ""
        if cell.names & set(self.open):
            return "open"
        if cell.kind != "code" or "experiment" in cell.tags or cell.names & NOT_RUN:
            return "other"
        if kind == "check" or any(name.startswith("check_") for name in cell.names):
            return "check"
        if cell.names & set(self.answers):
            return "answer"
        is_setup = "setup" in cell.tags or (
            cell.grader.get("locked") and "install" not in cell.names
        )
        return "setup" if is_setup and "install" not in cell.names else "other"

    def having(self, role: Role) -> list[Cell]:
        """All cells of a role, in their order."""
        return [cell for cell in self.cells if self.role(cell) == role]

    def answer_of(self, check: Cell) -> str:
        """The answer that a check is for: the longest name that its own begins with."""
        names = {*check.names, *(f"check_{m[1]}" for m in (check.marker,) if m)}
        fits = (a for a in self.answers for n in names if f"{n}_".startswith(f"check_{a}_"))
        return max(fits, key=len, default="")


def read_notebook(data: bytes) -> Notebook:
    """The notebook in `data`; Refused, with what to do, where the grader would not take it."""
    raw = loads(data)
    if not isinstance(raw, dict) or not isinstance(raw.get("cells"), list):
        raise Refused("no notebook: give the .ipynb file itself, in nbformat 4")
    if len(raw["cells"]) > MAX_CELLS:
        raise Refused(f"{len(raw['cells'])} cells, at most {MAX_CELLS} are taken: remove some")
    cells = tuple(_cell(cell, number) for number, cell in enumerate(raw["cells"], start=1))
    course = _dict(_dict(raw, "metadata"), "course")
    named = _dict(course, "answers")
    return Notebook(
        str(course.get("assignment") or ""),
        tuple(_texts(course.get("withheld"))),
        tuple(_texts(named.get("code")) or _code_answers(cells)),
        tuple(_texts(named.get("open")) or _open_answers(cells)),
        cells,
    )


def _cell(raw: Any, number: int) -> Cell:
    again = "open it in Jupyter or Colab, save it, try again"
    kind = raw.get("cell_type") if isinstance(raw, dict) else None
    source = raw.get("source", "") if isinstance(raw, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if kind not in ("code", "markdown", "raw") or not isinstance(source, str):
        raise Refused(f"cell {number} is none that a notebook can have: {again}")
    metadata = _dict(raw, "metadata")
    grader = _dict(metadata, "nbgrader")
    said = [raw.get("id"), metadata.get("id"), grader.get("grade_id")]
    cell = Cell(number, kind, source)
    if cell.marker and cell.marker[0] == "exercise":
        said.append(cell.marker[1])
    return Cell(
        number,
        kind,
        source,
        grader,
        frozenset(_texts(said)),
        frozenset(_texts(metadata.get("tags"))),
    )


def _code_answers(cells: Iterable[Cell]) -> list[str]:
    """Answers that the cells themselves tell of, where the notebook lost its list of them."""
    found = dict[str, None]()
    for cell in cells:
        if cell.kind == "code" and cell.grader.get("solution"):
            found.update(dict.fromkeys(_texts([cell.grader.get("grade_id")])))
        elif cell.marker and cell.marker[0] == "exercise":
            found[cell.marker[1]] = None
    return list(found)


def _open_answers(cells: Iterable[Cell]) -> list[str]:
    ids = (c.grader.get("grade_id") for c in cells if c.kind != "code" and c.grader.get("solution"))
    return _texts(list(ids))


def _dict(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    return value if isinstance(value, dict) else {}


def _texts(value: Any) -> list[str]:
    return [v for v in value if isinstance(v, str) and v] if isinstance(value, list) else []


def _tree(source: str) -> ast.Module | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of escapes in strings, for example
        try:
            return ast.parse(source) if len(source) <= MOST_CODE else None
        except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
            return None


def _checksum(cell: Cell) -> str:
    """What nbgrader's `compute_checksum` gives."""
    grader = cell.grader
    parts = [cell.source, cell.kind]
    parts += [str(bool(grader.get(key))) for key in ("grade", "solution", "locked")]
    parts.append(str(grader.get("grade_id")))
    points = grader.get("points")
    if grader.get("grade") and isinstance(points, int | float):
        parts.append(str(float(points)))
    return hashlib.md5("".join(parts).encode("utf-8", "replace"), usedforsecurity=False).hexdigest()
