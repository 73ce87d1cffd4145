"""What of a source is secret and what is released, by reading its lines: an oracle for the tests."""

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
    """Secret lines without their blanks, of some length, that stand in no released part."""
    released, secret = set(), set()
    for cell in exercise.cells:
        shown, hidden = split(cell)
        released |= {squeezed(line) for line in shown}
        secret |= {squeezed(line) for line in hidden}
    return {line for line in secret - released if len(line) >= at_least}


def squeezed(text: str) -> str:
    """Text without any white space: what is left however a page breaks and indents it."""
    return "".join(text.split())
