"""The bytes that a student handed in, made a plain notebook of which nothing is to be feared.

Only what grading reads is kept, so that no later step has to look out for the rest:

- of the notebook: its cells and, of its metadata, `course`;
- of a cell: its type, its source as one text, its id and, of its metadata, `id`, `tags` and
  `nbgrader`; a code cell's outputs and count are dropped, all of them;
- of a text cell's attachments: small images.

Colab's `metadata.widgets`, which nbgrader trips over, go with the rest. Values are text, integers,
booleans, lists and dicts; cells without an id, or with one that another cell has, get one.
"""

import re
from typing import Any

from nbformat import NotebookNode, from_dict

from course_utils.checks.cells import MAX_CELLS
from course_utils.checks.plain_json import Refused, loads
from course_utils.instructor.intake.attachments import drop_over_limit, is_lines, small_images
from course_utils.instructor.intake.identity import identity

__all__ = ["Refused", "identity", "read"]

KEPT = {"id": str, "tags": list, "nbgrader": dict}
"""Of a cell's metadata, with their types."""
ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
MISSING = object()
AGAIN = "open it in Jupyter or Colab, save it, hand it in again"


def read(data: bytes) -> NotebookNode:
    """A plain notebook of nbformat 4.5; Refused, with what to do, if there is none in `data`."""
    raw = loads(data)
    if not isinstance(raw, dict) or "nbformat" not in raw:
        raise Refused("JSON, but no notebook: hand in the .ipynb file itself")
    version = raw["nbformat"]
    if type(version) is not int or version not in (3, 4):
        raise Refused(f"nbformat {_shown(version)}, but 4 is read here: {AGAIN}")
    cells = _cells_of_3(raw) if version == 3 else _list(raw, "cells", "the notebook")
    if len(cells) > MAX_CELLS:
        raise Refused(f"{len(cells)} cells, at most {MAX_CELLS} are taken: remove some")
    metadata = _dict(raw, "metadata", "the notebook")
    plain = [_cell(cell, number) for number, cell in enumerate(cells, start=1)]
    _give_ids(plain)
    drop_over_limit(plain)
    course = metadata.get("course")
    kept = {"course": _plain(course)} if isinstance(course, dict) else {}
    return from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": kept, "cells": plain})


def _cells_of_3(raw: dict[str, Any]) -> list[Any]:
    """The cells of a notebook of nbformat 3, as nbformat 4 has them."""
    cells = []
    for number, sheet in enumerate(_list(raw, "worksheets", "the notebook"), start=1):
        if not isinstance(sheet, dict):
            raise Refused(f"worksheet {number}: {_shown(sheet)}, where one belongs: {AGAIN}")
        cells += _list(sheet, "cells", f"worksheet {number}")
    return [_cell_of_3(cell) if isinstance(cell, dict) else cell for cell in cells]


def _cell_of_3(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell.get("cell_type")
    if kind == "code":
        return cell | {"source": cell.get("input", "")}
    if kind == "heading":
        level = cell.get("level", 1)
        hashes = "#" * min(max(level, 1), 6) if type(level) is int else "#"
        title = " ".join(_text(cell.get("source", ""), "a heading").splitlines())
        return cell | {"cell_type": "markdown", "source": f"{hashes} {title}"}
    return cell | {"cell_type": "markdown"} if kind == "html" else cell


def _cell(cell: Any, number: int) -> dict[str, Any]:
    where = f"cell {number}"
    if not isinstance(cell, dict):
        raise Refused(f"{where}: {_shown(cell)}, where a cell belongs: {AGAIN}")
    kind = cell.get("cell_type")
    if kind not in ("code", "markdown", "raw"):
        raise Refused(f"{where}: cell_type {_shown(kind)}: {AGAIN}")
    metadata = _dict(cell, "metadata", where)
    plain: dict[str, Any] = {
        "cell_type": kind,
        "id": cell.get("id"),
        "metadata": _cell_metadata(metadata),
        "source": _text(cell.get("source", MISSING), where),
    }
    if kind == "code":
        plain |= {"outputs": [], "execution_count": None}
    elif images := small_images(cell.get("attachments")):
        plain["attachments"] = images
    return plain


def _cell_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    kept = {
        key: _plain(metadata[key])
        for key, expected in KEPT.items()
        if isinstance(metadata.get(key), expected)
    }
    if "tags" in kept:
        kept["tags"] = list(dict.fromkeys(tag for tag in kept["tags"] if isinstance(tag, str)))
    return kept


def _plain(value: Any) -> Any:
    """A value of metadata without what is no text, integer or truth value: floats, null."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items() if _is_plain(item)}
    if isinstance(value, list):
        return [_plain(item) for item in value if _is_plain(item)]
    return value


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | list | dict)


def _give_ids(cells: list[dict[str, Any]]) -> None:
    """Each cell an id of its own: the first keeps it. A given one, as cell-3, names no answer."""
    taken = {cell["id"] for cell in cells if _is_id(cell["id"])}
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        if not _is_id(cell["id"]) or cell["id"] in seen:
            new = f"cell-{number}"
            while new in taken:
                new += "-"
            cell["id"] = new
            taken.add(new)
        seen.add(cell["id"])


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def _text(value: Any, where: str) -> str:
    """A source: one text or, as Jupyter writes it, a list of lines."""
    if isinstance(value, str):
        return value
    if is_lines(value):
        return "".join(value)
    raise Refused(f"{where}: source is {_shown(value)}, where text belongs: {AGAIN}")


def _list(holder: dict[str, Any], key: str, where: str) -> list[Any]:
    value = holder.get(key, MISSING)
    if not isinstance(value, list):
        raise Refused(f"{where}: {key} is {_shown(value)}, where a list belongs: {AGAIN}")
    return value


def _dict(holder: dict[str, Any], key: str, where: str) -> dict[str, Any]:
    value = holder.get(key, {})
    if not isinstance(value, dict):
        raise Refused(f"{where}: {key} is {_shown(value)}, where a dict belongs: {AGAIN}")
    return value


def _shown(value: Any) -> str:
    """A value for a message: short, one line, no control characters."""
    if value is None or value is MISSING:
        return "null" if value is None else "missing"
    text = ascii(value) if isinstance(value, str | int | float) else f"a {type(value).__name__}"
    return text if len(text) <= 40 else f"{text[:40]}…"
