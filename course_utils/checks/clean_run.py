"""What a new Python does with a notebook's cells: run them one after another, and tell how it went.

It gets a file of cells, and adds a line of JSON to another file before and after each. So it can
be told in which cell it was, even where it never came back. Nothing that cells print is shown.
"""

import json
import linecache
import sys
import traceback
import types
from pathlib import Path
from typing import Any

from course_utils.checks import stand_ins
from course_utils.checks.comparing import CheckFailed
from course_utils.checks.running import first_error

LONGEST = 2000
"""Characters of a message."""


def main(cells: str, results: str) -> None:
    """Run the cells of one file, write lines into another."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    stand_ins.install()
    with Path(results).open("w", encoding="utf-8") as out:
        for number, source, is_check in json.loads(Path(cells).read_bytes()):
            print(json.dumps({"cell": number}), file=out, flush=True)
            error = _error_of(module.__dict__, f"<cell {number}>", source, is_check=is_check)
            said = {"error": type(error).__name__} | _described(error) if error else {"error": ""}
            print(json.dumps({"cell": number} | said), file=out, flush=True)


def _error_of(
    space: dict[str, Any], name: str, source: str, *, is_check: bool
) -> BaseException | None:
    """What a cell raises; a check ends there."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    if not is_check:
        return first_error(source, name, space)
    try:
        exec(compile(source, name, "exec"), space)
    except BaseException as error:  # whatever an answer raises, SystemExit too
        return error
    return None


def _described(error: BaseException) -> dict[str, Any]:
    """What to say of an error, and the last cell that it came through."""
    try:
        text = str(error)
    except Exception:
        text = ""
    frames = traceback.extract_tb(error.__traceback__)
    at = [(f.filename, f.lineno) for f in frames if f.filename.startswith("<cell ")]
    if isinstance(error, SyntaxError) and str(error.filename).startswith("<cell "):
        at, text = [(str(error.filename), error.lineno)], error.msg
    cell, line = at[-1] if at else ("<cell 0>", 0)
    found = {"text": text[:LONGEST], "at": int(cell[6:-1]), "line": line or 0}
    return found | {"check": isinstance(error, CheckFailed)}
