"""What is to be graded: an assignment's cells as the grader needs them, read from its source."""

import ast
from dataclasses import dataclass
from pathlib import Path

from course_utils.instructor.markup import Exercise, read
from course_utils.instructor.rules import answer_of, stub
from course_utils.instructor.sandbox import Limits, limits_of


@dataclass(frozen=True)
class Code:
    """A cell by its grade id."""

    name: str
    source: str


@dataclass(frozen=True)
class Test:
    """A test cell with its hidden tests, and the answer it checks."""

    name: str
    answer: str
    points: int
    source: str


@dataclass(frozen=True)
class Task:
    """An assignment, ready to be graded."""

    assignment: str
    withheld: tuple[str, ...]
    limits: Limits
    setup: tuple[Code, ...]
    answer_cells: tuple[Code, ...]
    """As released: with stubs."""
    solution: tuple[Code, ...]
    """The same cells, solved: they say what a check costs on a machine."""
    checks: tuple[Test, ...]
    open_points: tuple[tuple[str, int], ...]
    """Open questions by their name, with points."""
    names: tuple[str, ...]
    """What answer cells define at their top level, for the stand-ins."""


def read_task(root: Path, assignment: str) -> Task:
    """The task of one assignment of the course at `root`; ValueError if there is none."""
    path = root / "solutions" / assignment / f"{assignment}.md"
    if not path.is_file():
        known = sorted(p.stem for p in (root / "solutions").glob("*/*.md"))
        raise ValueError(f"no assignment {assignment!r}: there are {', '.join(known)}")
    return task_of(read(path))


def task_of(exercise: Exercise) -> Task:
    cells = exercise.cells
    answers = [Code(c.name, stub(c.source)) for c in cells if c.role == "exercise"]
    named = {code.name for code in answers}
    return Task(
        exercise.path.stem,
        tuple(exercise.course.get("withheld", ())),
        limits_of(exercise.course),
        tuple(Code(c.name, c.source) for c in cells if c.role == "setup"),
        tuple(answers),
        tuple(Code(c.name, c.source) for c in cells if c.role == "exercise"),
        tuple(
            Test(c.name, answer_of(c.name, named) or "", c.points, c.source)
            for c in cells
            if c.role == "check"
        ),
        tuple((c.name, c.points) for c in cells if c.role == "open"),
        tuple(dict.fromkeys(name for code in answers for name in _defined(code.source))),
    )


def _defined(source: str) -> list[str]:
    kinds = (ast.FunctionDef, ast.ClassDef)
    return [node.name for node in ast.parse(source).body if isinstance(node, kinds)]
