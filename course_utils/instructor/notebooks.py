"""From `solutions/NAME/NAME.md` to the solution notebook and to the student version.

    solutions/NAME/NAME.md     the source: statement, solution, checks
    solutions/NAME/NAME.ipynb  generated; what nbgrader takes as its source
    exercises/NAME/NAME.ipynb  generated from it by nbgrader's own passes; what students open

The same source gives the same bytes, and the student version is, byte for byte, what
`nbgrader generate_assignment NAME --force` writes.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course_utils.instructor.address import install_code, public_address
from course_utils.instructor.markup import Cell, Exercise, MarkupError, read
from course_utils.instructor.rules import verify

SOLUTIONS, EXERCISES = Path("solutions"), Path("exercises")
LAST_LOOK = """\
# Looks at this notebook before you hand it in. Save it, then run this cell.
from course_utils.checks import before_submission

before_submission()"""


@dataclass(frozen=True)
class Generated:
    """A file as it should be."""

    path: Path
    text: str

    def is_stale(self) -> bool:
        return not self.path.exists() or self.path.read_bytes() != self.text.encode()


def generate(root: Path) -> list[Generated]:
    """All generated notebooks of the course at `root`, not written yet."""
    files, install = [], install_code(public_address(root))
    for source in sorted((root / SOLUTIONS).glob("*/*.md")):
        name = source.stem
        if source.parent.name != name:
            raise MarkupError(f"{source}:1: call it {source.parent.name}.md, as its folder")
        solution = solution_notebook(verify(read(source)), install)
        files.append(Generated(root / SOLUTIONS / name / f"{name}.ipynb", _written(solution)))
        files.append(
            Generated(
                root / EXERCISES / name / f"{name}.ipynb", _written(student_version(solution))
            )
        )
    return files


def orphans(root: Path, files: list[Generated]) -> list[Path]:
    """Notebooks in the generated places that no source generates."""
    known = {file.path for file in files}
    folders = (root / SOLUTIONS, root / EXERCISES)
    return sorted(p for f in folders for p in f.glob("*/*.ipynb") if p not in known)


def write(files: list[Generated]) -> list[Path]:
    """Write what is stale, whole or not at all; return what was written.

    Raises
    ------
    ValueError : where somebody ran a notebook in its place; nothing is written then.
    """
    stale = [file for file in files if file.is_stale()]
    for file in stale:
        if _is_worked_in(file.path):
            raise ValueError(
                f"{file.path}: somebody works in it: move it away, then run this again"
            )
    for file in stale:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        partial = file.path.with_suffix(".partial")
        try:
            partial.write_bytes(file.text.encode())
            partial.replace(file.path)
        finally:
            partial.unlink(missing_ok=True)
    return [file.path for file in stale]


def _is_worked_in(path: Path) -> bool:
    """Whether somebody ran it: what is generated has no outputs and no execution counts."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        return any(cell.get("outputs") or cell.get("execution_count") for cell in cells)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def solution_notebook(exercise: Exercise, install: str) -> NotebookNode:
    """The notebook with solutions and hidden tests, in nbgrader's markup, without outputs.

    The code `install` becomes a set-up cell of its own, before all other code. The last cell looks
    at the notebook before it is handed in; for that the names of all answers stand in its metadata.
    """
    code = (i for i, cell in enumerate(exercise.cells) if cell.role not in ("text", "open"))
    first = next(code, len(exercise.cells))
    installing = Cell("setup", install, "install", points=0, line=0, number=0)
    looking = Cell("setup", LAST_LOOK, "before_submission", points=0, line=0, number=0)
    cells = [*exercise.cells[:first], installing, *exercise.cells[first:], looking]
    notebook = new_notebook(cells=[_cell(cell) for cell in cells])
    notebook.metadata = NotebookNode(
        kernelspec=exercise.kernelspec,
        language_info={"name": "python"},
        course=exercise.course | {"answers": _answers(exercise)},
    )
    return notebook


def _answers(exercise: Exercise) -> dict[str, list[str]]:
    """Names of all answers: a notebook in which a cell was deleted still tells which."""
    roles = {"code": "exercise", "open": "open"}
    return {
        kind: [cell.name for cell in exercise.cells if cell.role == role]
        for kind, role in roles.items()
    }


def student_version(solution: NotebookNode) -> NotebookNode:
    """What `nbgrader generate_assignment` makes of it, without its gradebook."""
    from nbgrader import preprocessors as passes

    # nbgrader's order. Left out: SaveCells (the gradebook), and what does nothing here
    # (IncludeHeaderFooter, InstantiateTests, ClearMarkScheme).
    notebook, resources = nbformat.from_dict(solution), dict[str, Any]()
    for step in (
        passes.LockCells,
        passes.ClearSolutions,
        passes.ClearOutput,
        passes.CheckCellMetadata,
        passes.ComputeChecksums,
        passes.ClearHiddenTests,
        passes.ComputeChecksums,
        passes.CheckCellMetadata,
    ):
        notebook, resources = step().preprocess(notebook, resources)
    return notebook


def _cell(cell: Cell) -> NotebookNode:
    """One cell with nbgrader's metadata; Colab may lose the cell's id, but keeps `metadata.id`."""
    new = new_markdown_cell if cell.role in ("text", "open") else new_code_cell
    metadata: dict[str, Any] = {"id": cell.name}
    if cell.role in ("setup", "experiment"):
        metadata["tags"] = [cell.role]
    answer = cell.role in ("exercise", "open")
    if answer or cell.role in ("check", "setup"):
        metadata["nbgrader"] = {
            "grade": cell.points > 0,
            "grade_id": cell.name,
            "locked": not answer,
            "schema_version": 3,
            "solution": answer,
            "task": False,
        }
        if cell.points:
            metadata["nbgrader"]["points"] = cell.points
    node = new(cell.source, metadata=metadata)
    node.id = cell.name
    return node


def _written(notebook: NotebookNode) -> str:
    return nbformat.writes(notebook) + "\n"
