"""Which pieces of a submission are a student's answer to one question, and how sure that is.

A piece is surely an answer if what it defines agrees with one of its labels, if it defines nothing
and all its labels agree, or if it has no label and defines this one answer alone. Any other piece
with that label or that function may be the answer: it is taken where there is no better one, and a
person looks.
"""

from collections.abc import Sequence

from course_utils.instructor.rebuild.found import (
    Found,
    cells,
    different,
    how_found,
    look_at,
    own_below,
    remarks,
)
from course_utils.instructor.rebuild.pieces import Piece, Released
from course_utils.instructor.rebuild.python_text import (
    is_blank,
    normal,
    same_code,
    without_magics,
)

TELLING = 40
"""A released cell shorter than this, in characters, may stand in an answer by chance."""
HARMLESS = {"%%time", "%%timeit", "%%capture", "%%prun"}
"""Cell magics that run the cell as Python."""


def find_code(release: Released, pieces: Sequence[Piece], name: str) -> Found:
    """The answer `name`, a code cell."""
    sure, unsure, left = list[Piece](), list[Piece](), list[Piece]()
    for piece in pieces:
        claim = _claim(piece, name)
        if claim is not None:
            is_left = is_left_as_released(release, piece, name)
            (left if is_left else sure if claim else unsure).append(piece)
    if not (sure or unsure):
        return _missing(pieces, left)

    chosen, doubts = _choose(sure, name) if sure else _choose_doubtful(unsure, name)
    text, magics = without_magics("\n".join(piece.text for piece in chosen))
    how = [how_found(chosen[0], name), *remarks(chosen, [*sure, *left])]
    if magics:
        how.append(f"{_count(magics, 'line')} of IPython commented out")
    doubts += [f"it holds the text of {other}" for other in _held(release, text)]
    doubts += _doubts_about_the_next(pieces, chosen[-1])
    first = chosen[0].text.split(maxsplit=1)[:1]
    if first and first[0].startswith("%%") and first[0] not in HARMLESS:
        doubts.append("it begins with a cell magic that may not run Python")
    return Found(", ".join(how), text, chosen, tuple(doubts))


def is_left_as_released(release: Released, piece: Piece, name: str) -> bool:
    """Whether nothing was written into it: the stub, that of another answer, or no code at all."""
    stubs = {normal(release.cells[other].source) for other in release.names("answer")}
    return (
        normal(piece.text) in stubs
        or same_code(piece.text, release.cells[name].source)
        or is_blank(without_magics(piece.text)[0])
    )


def _claim(piece: Piece, name: str) -> bool | None:
    """Whether a piece is surely the answer `name`, or may be (False); None if it is not."""
    agreed = piece.named & piece.defines
    if piece.released or name not in piece.named | piece.defines:
        return None
    if name in piece.defines:
        if agreed:
            return agreed == {name}
        return not piece.named and piece.defines == {name} and piece.kind == "code"
    if agreed:
        return None  # mislabelled: it defines another answer whose label it has, too
    return piece.named == {name} and not piece.defines


def _choose(sure: Sequence[Piece], name: str) -> tuple[tuple[Piece, ...], list[str]]:
    """The one text among them; or one put together; or the last, which a kernel would keep."""
    texts = different(sure)
    if len(texts) == 1:
        return (texts[0],), []
    defining = [piece for piece in texts if name in piece.defines]
    side_by_side = texts[-1].number - texts[0].number < len(texts)
    if len(defining) == 1 and side_by_side:
        return tuple(texts), [f"put together from {cells(texts)}"]
    last = (defining or texts)[-1]
    return (last,), [f"{cells(texts)} hold different answers: that of cell {last.number} is used"]


def _choose_doubtful(unsure: Sequence[Piece], name: str) -> tuple[tuple[Piece, ...], list[str]]:
    """The last that defines it, if one does."""
    texts = different(unsure)
    last = ([piece for piece in texts if name in piece.defines] or texts)[-1]
    why = f"what {cells(texts)} says it is and what it defines do not agree"
    return (last,), [f"{why}: cell {last.number} is used"]


def _missing(pieces: Sequence[Piece], left: Sequence[Piece]) -> Found:
    """No answer. Where a student's own cell may hold it under another name, a person looks."""
    if left:
        near = [p for piece in left for p in own_below(pieces, piece, "code")]
        what = "left as released, but functions stand below it in"
    else:
        near, what = [p for p in pieces if p.is_own], "not there, but functions stand in"
    functions = [p for p in near if p.functions and not p.defines]
    return Found("left as released" if left else "not there", doubts=look_at(functions, what))


def _doubts_about_the_next(pieces: Sequence[Piece], last: Piece) -> list[str]:
    """A cell that begins with an indented line was cut off from the one above."""
    following = own_below(pieces, last, "code")[:1]
    return [
        f"cell {piece.number} may be its end: it begins with an indented line"
        for piece in following
        if piece.text.lstrip("\r\n")[:1] in (" ", "\t")
    ]


def _held(release: Released, text: str) -> list[str]:
    """Released cells whose whole text stands in an answer: it was merged with them."""
    whole = normal(text)
    return [n for t, n in release.unchanged.items() if len(t) >= TELLING and t in whole]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number > 1 else "")
