"""What a source must keep to, beyond its markup: names, points, regions, and the check protocol.

Test cells keep to the protocol that lets them run apart from the student's code: they use names
that answer and set-up cells define, the course, NumPy and torch, and nothing else.
"""

import ast
import builtins
import importlib.util
import re
import symtable
from collections.abc import Iterator
from dataclasses import replace

from course_utils.instructor.markup import Cell, Exercise, MarkupError

MARKERS = {
    "exercise": ("### BEGIN SOLUTION", "### END SOLUTION"),
    "check": ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
}
# What nbgrader takes for a marker, anywhere in a line, and what was meant as one.
LIKE_A_MARKER = re.compile(
    r"\b(BEGIN|END)\s+(SOLUTION|HIDDEN TEST|MARK SCHEME)|###\s*(BEGIN|END|(HASHED )?AUTOTEST)\b",
    re.IGNORECASE,
)
GENERATED = {"install", "before_submission"}
ALLOWED_IN_CHECKS = {"course_utils", "numpy", "torch"}


def verify(exercise: Exercise) -> Exercise:
    """Return the exercise if it is sound; MarkupError names file, line and cell if not."""
    _check_withheld(exercise)
    _check_names(exercise)
    _check_points(exercise)
    for cell in exercise.cells:
        _check_regions(exercise, cell)
        if cell.role == "exercise":
            _check_answer(exercise, cell)
    _check_protocol(exercise)
    return exercise


def _check_withheld(exercise: Exercise) -> None:
    """The modules that answers may not use are modules of the course."""
    for name in exercise.course.get("withheld", []):
        if importlib.util.find_spec(f"course_utils.{name}") is None:
            what = f"front matter: withheld: {name!r} is no module of course_utils"
            raise MarkupError(f"{exercise.path}:1: {what}")


def _check_names(exercise: Exercise) -> None:
    """Names are unique, every check checks an answer, every answer has a check."""
    first: dict[str, Cell] = {}
    answers = {cell.name for cell in exercise.cells if cell.role == "exercise"}
    for cell in exercise.cells:
        if cell.name in GENERATED:
            raise exercise.error(cell, f"the name {cell.name!r} is that of a generated cell")
        if (other := first.setdefault(cell.name, cell)) is not cell:
            what = f"the name {cell.name!r} stands in cell {other.number} too"
            raise exercise.error(cell, what)
        if cell.role == "check" and answer_of(cell.name, answers) is None:
            what = f"{cell.name!r} checks none of the answers {sorted(answers)}"
            raise exercise.error(cell, what)
    checked = {answer_of(cell.name, answers) for cell in exercise.cells if cell.role == "check"}
    for cell in exercise.cells:
        if cell.role == "exercise" and cell.name not in checked:
            raise exercise.error(cell, f"nothing checks {cell.name!r}: add a check cell")


def answer_of(check: str, answers: set[str]) -> str | None:
    """The longest answer name that `check_...` begins with: check_train_batches -> train."""
    name = check.removeprefix("check_")
    fits = [answer for answer in answers if name == answer or name.startswith(answer + "_")]
    return max(fits, key=len, default=None)


def _check_points(exercise: Exercise) -> None:
    total, promised = sum(cell.points for cell in exercise.cells), exercise.course.get("points")
    if total != promised:
        what = f"front matter: points: {promised}, but the cells add up to {total}"
        raise MarkupError(f"{exercise.path}:1: {what}")


def _check_regions(exercise: Exercise, cell: Cell) -> None:
    """BEGIN and END alternate, stand only where they belong, and an answer cell has them."""
    mine: tuple[str, ...] = MARKERS.get(cell.role, ())
    known = {marker for pair in MARKERS.values() for marker in pair}
    seen: list[tuple[int, str]] = []
    for offset, line in enumerate(cell.source.split("\n")):
        marker = line.strip()
        if marker not in known:
            if LIKE_A_MARKER.search(line):
                raise exercise.error(cell, f"unknown marker {marker!r}", offset)
            continue
        if marker not in mine:
            raise exercise.error(cell, f"{marker!r} does not belong into this cell", offset)
        if marker != mine[len(seen) % 2]:
            raise exercise.error(cell, f"{marker!r} out of order", offset)
        seen.append((offset, marker))
    if len(seen) % 2:
        raise exercise.error(cell, f"{seen[-1][1]!r} without its END", seen[-1][0])
    if cell.role == "exercise" and not seen:
        raise exercise.error(cell, f"no {mine[0]!r}: the answer would be released")


def _check_answer(exercise: Exercise, cell: Cell) -> None:
    """An answer cell defines what its name says: `train`, or `LinSin.phi` for LinSin_phi."""
    if cell.name not in set(_defined_functions(_parse(exercise, cell))):
        raise exercise.error(cell, f"defines no function or method for {cell.name!r}")


def _defined_functions(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name
        elif isinstance(node, ast.ClassDef):
            methods = (f.name for f in node.body if isinstance(f, ast.FunctionDef))
            yield from (f"{node.name}_{method}" for method in methods)
        elif isinstance(node, ast.Assign):
            yield from (ast.unparse(target).replace(".", "_") for target in node.targets)


def _check_protocol(exercise: Exercise) -> None:
    """Test cells use nothing but what exists on both sides of the grading."""
    shared, answers = set(dir(builtins)), set[str]()
    for cell in exercise.cells:
        if cell.role in ("exercise", "setup"):
            shared |= _released_names(exercise, cell)
        if cell.role == "exercise":
            answers |= _released_names(exercise, cell)
    for cell in exercise.cells:
        if cell.role == "check":
            _check_imports(exercise, cell)
            defined, used = _global_names(exercise, cell)
            for name in sorted(defined & answers):
                what = f"a check gives the name {name!r} to something else, and it is an answer's"
                raise exercise.error(cell, what, _first_use(_parse(exercise, cell), name))
            for name in sorted(used - defined - shared):
                what = f"a check uses {name!r}, which no answer cell and no set-up cell defines"
                raise exercise.error(cell, what, _first_use(_parse(exercise, cell), name))


def _check_imports(exercise: Exercise, cell: Cell) -> None:
    for node in ast.walk(_parse(exercise, cell)):
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = "." * node.level + (node.module or "")
            modules = [base if node.level else f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        if foreign := {top for m in modules if (top := _top(m)) not in ALLOWED_IN_CHECKS}:
            what = f"a check may import {sorted(ALLOWED_IN_CHECKS)}, not {sorted(foreign)}"
            raise exercise.error(cell, what, node.lineno - 1)


def _top(module: str) -> str:
    """The package of a module; relative imports and the staff's part stand for themselves."""
    if f"{module}.".startswith("course_utils.instructor."):
        return "course_utils.instructor"
    return module if module.startswith(".") else module.split(".")[0]


def _released_names(exercise: Exercise, cell: Cell) -> set[str]:
    """Names that a cell defines for the checks; of an answer's region only the answer itself."""
    names = _global_names(exercise, cell)[0]
    if cell.role == "setup":
        return names
    left = _global_names(exercise, replace(cell, source=stub(cell.source)))[0]
    return left | {name for name in names if f"{cell.name}_".startswith(f"{name}_")}


def stub(source: str) -> str:
    """An answer cell as it is released, its solution replaced by nbgrader's line."""
    begin, end = MARKERS["exercise"]
    region = re.compile(rf"^([ \t]*){begin}[ \t]*$(.*?){end}[ \t]*$", re.MULTILINE | re.DOTALL)
    return region.sub(
        lambda m: f"{m[1]}raise NotImplementedError" + "\n" * m[2].count("\n"), source
    )


def _global_names(exercise: Exercise, cell: Cell) -> tuple[set[str], set[str]]:
    """Names a cell defines at its top level, and global names it reads anywhere."""
    _parse(exercise, cell)  # so that a syntax error is reported with its place
    top = symtable.symtable(cell.source, cell.name, "exec")
    defined = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    used, tables = set(), [top]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        for symbol in table.get_symbols():
            if symbol.is_referenced() and (table is top or symbol.is_global()):
                used.add(symbol.get_name())
    return defined, used


def _first_use(tree: ast.Module, name: str) -> int:
    """The line of the first use of a name, counted from 0."""
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name))
    return min((node.lineno for node in names if node.id == name), default=1) - 1


def _parse(exercise: Exercise, cell: Cell) -> ast.Module:
    try:
        return ast.parse(cell.source)
    except SyntaxError as error:
        raise exercise.error(cell, f"syntax: {error.msg}", (error.lineno or 1) - 1) from None
