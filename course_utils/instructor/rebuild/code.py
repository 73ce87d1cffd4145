"""Which pieces of a submission are a student's answer to one question, and how sure that is.

A piece is *sure* to be an answer if what it defines agrees with one of its labels, if it defines
nothing and all its labels agree, or if it has no label and defines this one answer alone. It is
*disputed* if it has that label or that function, and another label or function says otherwise. It
only *mentions* an answer if it surely is another one: who needs `train` again may write it again.
"""

from collections.abc import Sequence
from typing import Literal

from course_utils.instructor.rebuild.found import (
    Found,
    cells,
    different,
    how_found,
    look_at,
    own_below,
    remarks,
)
from course_utils.instructor.rebuild.pieces import Piece, Released, marked_in
from course_utils.instructor.rebuild.python_text import (
    functions,
    is_blank,
    normal,
    same_code,
    top_level_names,
    without_magics,
)

TELLING = 40
"""A released cell shorter than this, in characters, may stand in an answer by chance."""
HARMLESS = {"%%time", "%%timeit", "%%capture", "%%prun"}
"""Cell magics that run the cell as Python."""


Claim = Literal["sure", "disputed", "mentions"]


def find_code(release: Released, pieces: Sequence[Piece], name: str) -> Found:
    """The answer `name`, a code cell."""
    claims: dict[Claim, list[Piece]] = {"sure": [], "disputed": [], "mentions": []}
    left = list[Piece]()
    for piece in pieces:
        if claim := _claim(piece, name):
            (left if _is_left(release, piece) else claims[claim]).append(piece)
    if not any(claims.values()):
        return _missing(release, pieces, left, name)

    chosen, doubts = _choose(claims, name)
    text, magics = without_magics("\n".join(piece.text for piece in chosen))
    how = [how_found(chosen[0], name), *remarks(chosen, [*claims["sure"], *left])]
    if magics:
        how.append(f"{_count(magics, 'line')} of IPython commented out")
    if not _binds(text, name):
        doubts.append(f"{cells(chosen)} does not define it")
    doubts += [f"it holds the text of {other}" for other in _held(release, text)]
    first = chosen[0].text.split(maxsplit=1)[:1]
    if first and first[0].startswith("%%") and first[0] not in HARMLESS:
        doubts.append("it begins with a cell magic that may not run Python")
    return Found(", ".join(how), text, chosen, tuple(doubts))


def _is_left(release: Released, piece: Piece) -> bool:
    """Whether nothing was written into it: a stub, wherever it stands now, or no code at all."""
    stubs = [release.cells[name].source for name in release.names("answer")]
    return is_blank(without_magics(piece.text)[0]) or any(
        same_code(piece.text, stub) for stub in stubs
    )


def _claim(piece: Piece, name: str) -> Claim | None:
    """What speaks for a piece as the answer `name`; None if nothing does."""
    agreed = piece.named & piece.defines
    if piece.released or name not in piece.named | piece.defines:
        return None
    if agreed:
        if name in agreed:
            return "sure" if len(agreed) == 1 else "disputed"
        return "mentions" if name in piece.defines else None
    if piece.kind != "code" and piece.named != {name}:
        return "mentions"
    if name in piece.defines:
        is_sure = not piece.named and len(piece.defines) == 1
    else:
        is_sure = len(piece.named) == 1 and not piece.defines
    return "sure" if is_sure else "disputed"


def _choose(claims: dict[Claim, list[Piece]], name: str) -> tuple[tuple[Piece, ...], list[str]]:
    """The one sure text; or one put together; or the last, which a kernel would keep."""
    texts = different([*claims["sure"], *claims["disputed"]])
    if claims["sure"] and len(texts) == 1:
        return (texts[0],), []
    texts = texts or different(claims["mentions"])
    texts.sort(key=lambda piece: piece.number)
    defining = [piece for piece in texts if name in piece.defines]
    side_by_side = texts[-1].number - texts[0].number < len(texts)
    if len(texts) > 1 and len(defining) == 1 and side_by_side:
        return tuple(texts), [f"put together from {cells(texts)}"]
    sure = [piece for piece in defining if piece in claims["sure"]]
    last = (sure or defining or texts)[-1]
    if len(texts) > 1:
        return (last,), [
            f"{cells(texts)} differ, and each may be it: that of cell {last.number} is used"
        ]
    return (last,), [f"what {cells(texts)} says it is and what it defines do not agree"]


def _missing(release: Released, pieces: Sequence[Piece], left: Sequence[Piece], name: str) -> Found:
    """No answer. Where a cell may hold it, as text or under another name, a person looks."""
    as_text = [p for p in pieces if p.kind != "code" and name in marked_in(release, p.text)]
    if as_text:
        return Found("not there", doubts=look_at(as_text, "it is not run, but stands as text in"))
    if left:
        near = [p for piece in left for p in own_below(pieces, piece, "code")]
        what = "left as released, but functions stand below it in"
    else:
        near, what = [p for p in pieces if p.is_own], "not there, but functions stand in"
    near = [p for p in near if p.functions and not p.defines]
    return Found("left as released" if left else "not there", doubts=look_at(near, what))


def _binds(text: str, name: str) -> bool:
    """Whether a text defines the answer in any way; for `LinSin_phi` a `LinSin` is enough."""
    names = functions(text) | top_level_names(text)
    return "*" in names or any(f"{name}_".startswith(f"{bound}_") for bound in names)


def _held(release: Released, text: str) -> list[str]:
    """Released cells whose whole text stands in an answer: it was merged with them."""
    whole = normal(text)
    return [n for t, n in release.unchanged.items() if len(t) >= TELLING and t in whole]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number > 1 else "")
