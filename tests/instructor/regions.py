"""What of a source is secret and what is released, by reading its lines: an oracle for tests."""

from collections.abc import Iterator

from course_utils.instructor.markup import Cell, Exercise

STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")


def split(cell: Cell) -> tuple[list[str], list[str]]:
    """The lines of a cell as students get them, and those they must not get."""
    if cell.role == "open":
        return ["YOUR ANSWER HERE"], cell.source.split("\n")
    released: list[str] = []
    secret: list[str] = []
    lines = released
    for line in cell.source.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if "### BEGIN" in line:
            lines = secret
            released += [indent + stub for stub in STUB if "SOLUTION" in line]
        elif "### END" in line:
            lines = released
        else:
            lines.append(line)
    return released, secret


def secrets(exercise: Exercise, *, at_least: int = 1) -> set[str]:
    """Secret lines without their blanks, of some length, that stand nowhere in a released part."""
    parts = [split(cell) for cell in exercise.cells]
    released = squeezed("\n".join(line for shown, _ in parts for line in shown))
    lines = {squeezed(line) for _, hidden in parts for line in hidden}
    return {line for line in lines if len(line) >= at_least and line not in released}


def strings(value: object) -> Iterator[str]:
    """Every text anywhere in a JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            for part in pair:
                yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def squeezed(text: str) -> str:
    """Text without any white space: what is left however a page breaks and indents it."""
    return "".join(text.split())
