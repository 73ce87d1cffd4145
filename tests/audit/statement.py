"""What stands around an exercise in its source: its cost, why it matters, where to read, hints.

    ## Exercise 1: a training loop (5 points, about 25 minutes, difficulty 2 of 3)

    *Importance 3 of 3*: every experiment of the course stands on such a loop. *Taught in*:
    “Gradient descent”, and “The update” of *Linear networks from scratch*.

    <details><summary>Hint 1</summary> ... <details><summary>Hint 2</summary> ...

After the check of a coded exercise stands what to do with it, begun with `*Try next*:`.
"""

import re
from dataclasses import dataclass

from course_utils.instructor.markup import Cell, Exercise

HEADING = re.compile(
    r"^## Exercise (\d+): (.+) \((\d+) points?, about (\d+) minutes, difficulty ([123]) of 3\)$"
)
IMPORTANCE = re.compile(r"\*Importance ([123]) of 3\*: (.+?[.!?]) \*Taught in\*: (.+?\.)(?: |$)")
SECTION = re.compile(r"“([^”]+)”(?: of \*([^*]+)\*)?")
HINT = re.compile(r"^<details><summary>Hint (\d)</summary>$(.*?)^</details>$", re.M | re.S)
NEXT = re.compile(r"\*Try next\*(?:, |: )")


@dataclass(frozen=True)
class Statement:
    """An exercise as its heading and the texts below it tell of it."""

    number: int
    title: str
    points: int
    minutes: int
    difficulty: int
    """1, 2 or 3, and so is the importance."""
    importance: int
    reason: str
    sections: tuple[tuple[str, str], ...]
    """Title of a section, and of its chapter: empty for the notebook's own."""
    hints: tuple[str, ...]
    next: str
    """What to try with the answer; empty where nothing is said."""
    cells: tuple[Cell, ...]
    """All from the heading to the next one."""


def statements(exercise: Exercise) -> list[Statement]:
    """The exercises of a notebook, in order; ValueError names what one lacks."""
    starts = [n for n, cell in enumerate(exercise.cells) if cell.source.startswith("## Exercise")]
    ends = [*starts[1:], len(exercise.cells)]
    return [_statement(exercise, exercise.cells[a:b]) for a, b in zip(starts, ends, strict=True)]


def _statement(exercise: Exercise, cells: tuple[Cell, ...]) -> Statement:
    first = cells[0].source.splitlines()[0]
    if not (heading := HEADING.match(first)):
        what = "(N points, about N minutes, difficulty N of 3)"
        raise exercise.error(cells[0], f"{first!r}: end it with {what}")
    paragraphs = [" ".join(text.split()) for cell in cells for text in _paragraphs(cell)]
    about = [found for text in paragraphs if (found := IMPORTANCE.match(text))]
    if len(about) != 1:
        what = "*Importance N of 3*: REASON. *Taught in*: “SECTION”."
        raise exercise.error(cells[0], f"{first!r}: write once, as a paragraph: {what}")
    hints = [match for cell in cells for match in HINT.finditer(cell.source)]
    if [match[1] for match in hints] != [str(n + 1) for n in range(len(hints))]:
        raise exercise.error(cells[0], f"{first!r}: number its hints 1, 2, ...")
    return Statement(
        number=int(heading[1]),
        title=heading[2],
        points=int(heading[3]),
        minutes=int(heading[4]),
        difficulty=int(heading[5]),
        importance=int(about[0][1]),
        reason=about[0][2],
        sections=tuple(SECTION.findall(about[0][3])),
        hints=tuple(match[2].strip() for match in hints),
        next="\n".join(text[found.end() :] for text in paragraphs if (found := NEXT.match(text))),
        cells=cells,
    )


def _paragraphs(cell: Cell) -> list[str]:
    return cell.source.split("\n\n") if cell.role == "text" else []
