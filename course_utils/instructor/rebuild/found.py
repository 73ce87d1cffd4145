"""What was found of one answer, and how it is told: to the audit, and to a person who looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from course_utils.instructor.rebuild.pieces import Piece
from course_utils.instructor.rebuild.python_text import normal


@dataclass(frozen=True)
class Found:
    """An answer, or that there is none."""

    how: str
    text: str | None = None
    """As it is graded; None where it is missing or left as it was."""
    pieces: tuple[Piece, ...] = ()
    doubts: tuple[str, ...] = ()


def different(pieces: Iterable[Piece]) -> list[Piece]:
    """The first piece of each text."""
    texts: dict[str, Piece] = {}
    for piece in pieces:
        texts.setdefault(normal(piece.text), piece)
    return list(texts.values())


def own_below(pieces: Sequence[Piece], anchor: Piece, kind: str = "") -> list[Piece]:
    """The student's own cells that follow a piece: code, or else all but code."""
    found = []
    for piece in pieces[list(pieces).index(anchor) + 1 :]:
        if piece.labels or piece.released:
            break
        if piece.is_own and (piece.kind == "code") == (kind == "code"):
            found.append(piece)
    return found


def look_at(pieces: Sequence[Piece], what: str) -> tuple[str, ...]:
    """A doubt, if there are such pieces."""
    return (f"{what} {cells(pieces)}",) if pieces else ()


def how_found(piece: Piece, name: str) -> str:
    """By what it was found."""
    said = [how for how, label in piece.labels.items() if label == name]
    if "nbgrader metadata" in said:
        return "by nbgrader metadata"
    if said:
        return f"by its {said[0]}, metadata {'wrong' if len(piece.named) > 1 else 'lost'}"
    return "by the name of its function" if name in piece.defines else "by its place"


def remarks(
    chosen: Sequence[Piece], alike: Sequence[Piece], *, kind: str = "code"
) -> Iterable[str]:
    """What else is odd about it."""
    yield cells(chosen)
    if len(alike) > len(chosen):
        yield f"{len(alike)} copies"
    if wrong := sorted({p.kind for p in chosen} - {kind}):
        yield f"turned to {' and '.join(wrong)}"


def cells(pieces: Sequence[Piece]) -> str:
    """Their numbers: `cells 3, 7`."""
    numbers = sorted({piece.number for piece in pieces})
    shown = ", ".join(map(str, numbers[:10])) + (", ..." if len(numbers) > 10 else "")
    return f"{'cell' if len(numbers) == 1 else 'cells'} {shown}"
