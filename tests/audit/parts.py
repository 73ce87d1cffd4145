"""The two parts of a check: what students see, and the hidden tests below it.

Each part runs alone. The hidden part uses names of the visible one (the `Check`, helpers, numbers
drawn so far), so before it the visible part runs with the solution, and only then the answer in
question takes the solution's place: what it says of the answer is then the hidden part's own word.
"""

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from course_utils.instructor.markup import Cell, Exercise

BEGIN, END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
LENT = re.compile(r"^\w+ = check\.lend\(.*\)$", re.MULTILINE)
Namespace = dict[str, Any]


def split(cell: Cell) -> tuple[str, str]:
    """The visible and the hidden part, each with its lines where they stand in the cell."""
    visible: list[str] = []
    hidden: list[str] = []
    inside = False
    for line in cell.source.split("\n"):
        inside = inside or line == BEGIN
        visible.append("" if inside else line)
        hidden.append(line if inside else "")
        inside = inside and line != END
    if inside or BEGIN not in hidden or hidden[-1] != END:
        what = f"{BEGIN!r} and {END!r}, once each and not indented, and nothing below"
        raise ValueError(f"{cell.name}: its hidden part is to be one: write {what}")
    return "\n".join(visible), "\n".join(hidden)


def answered(exercise: Exercise, replaced: Mapping[str, str]) -> Namespace:
    """The names after the set-up and all answers; those in `replaced` stand for the solution's."""
    namespace: Namespace = {"__name__": "__main__"}
    answer_again(exercise, replaced, namespace, roles=("setup", "exercise"))
    return namespace


def answer_again(
    exercise: Exercise,
    replaced: Mapping[str, str],
    namespace: Namespace,
    roles: tuple[str, ...] = ("exercise",),
) -> None:
    """Run the answer cells in a namespace that has been used before."""
    for cell in exercise.cells:
        if cell.role in roles:
            with contextlib.suppress(Exception):  # its checks tell
                run(cell.name, replaced.get(cell.name, cell.source), namespace)


def visible_error(exercise: Exercise, check: Cell, replaced: Mapping[str, str]) -> Exception | None:
    """How the visible part alone takes an answer."""
    return error_of(check.name, split(check)[0], answered(exercise, replaced))


def hidden_error(exercise: Exercise, check: Cell, replaced: Mapping[str, str]) -> Exception | None:
    """How the hidden part alone takes it. ValueError if the solution fails the visible part."""
    visible, hidden = split(check)
    namespace = answered(exercise, {})
    if error := error_of(check.name, visible, namespace):
        raise ValueError(f"{check.name}: mend it, the solution fails its visible part") from error
    answer_again(exercise, replaced, namespace)
    for lent in LENT.findall(visible):  # which would go on calling the solution
        run(check.name, lent, namespace)
    return error_of(check.name, hidden, namespace)


def error_of(name: str, source: str, namespace: Namespace) -> Exception | None:
    """What a piece of text raises."""
    try:
        run(name, source, namespace)
    except Exception as error:
        return error
    return None


def run(name: str, source: str, namespace: Namespace) -> None:
    """Execute it; its tracebacks give the lines of the cell called `name`."""
    exec(compile(source, name, "exec"), namespace)
