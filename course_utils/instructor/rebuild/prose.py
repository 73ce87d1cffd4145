"""A student's answer to an open question: a text that a person marks.

A text has no name in it. Where its cell carries no label, its place is a guess, and a person looks.
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
from course_utils.instructor.rebuild.python_text import normal, parse, without_magics


def find_open(release: Released, pieces: Sequence[Piece], name: str) -> Found:
    """The answer to the open question `name`, whole: of several texts none is left out."""
    stub = normal(release.cells[name].source)
    written = [p for p in pieces if not p.released and normal(p.text) not in ("", stub)]
    mine = [p for p in written if name in p.named]
    if any(p.named == {name} and p.kind != "code" for p in mine):
        return _together(name, [*mine, *own_below(pieces, mine[-1])])

    question, neighbour = _above(release, name)
    anchors = [p for p in pieces if {name, question, neighbour} & (p.named | {p.released})]
    below = {p for anchor in anchors for p in own_below(pieces, anchor)}
    own = [p for p in written if p.is_own and p.kind != "code"]
    is_there = any(name in p.named and not p.released for p in pieces)
    edited = {question} if is_there else {question, neighbour}
    for how, candidates in [
        ("its cell holds code or says that it is another", mine and [*mine, *own]),
        ("found by its place below the question", [p for p in written if p in below]),
        ("what stands above it was edited", [p for p in written if edited & p.named]),
        ("another text was written", [] if is_there else [p for p in written if p.kind != "code"]),
    ]:
        if candidates:
            found = _together(name, candidates)
            return Found(f"{how}, {cells(found.pieces)}", found.text, found.pieces, (how,))
    if is_there:
        return Found("left as released")
    broken = [p for p in written if p.kind == "code" and parse(without_magics(p.text)[0]) is None]
    return Found("not there", doubts=look_at(broken, "not there, but there is text in"))


def _together(name: str, pieces: Sequence[Piece]) -> Found:
    """One text of all candidates: whoever marks it reads everything."""
    texts = different(pieces)
    doubts = (f"put together from {cells(texts)}",) if len(texts) > 1 else ()
    how = ", ".join([how_found(texts[0], name), *remarks(texts, pieces, kind="markdown")])
    return Found(how, "\n\n".join(p.text for p in texts), tuple(texts), doubts)


def _above(release: Released, name: str) -> tuple[str, str]:
    """The text above an open question's cell, and the cell right above it."""
    names = list(release.roles)
    above = names[: names.index(name)] or [name]
    texts = [other for other in above if release.roles[other] == "text"] or [name]
    return texts[-1], above[-1]
