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

from course_utils.checks.comparing import CheckFailed

LONGEST = 2000
"""Characters of a message."""


def main(cells: str, results: str) -> None:
    """Run the cells of one file, write lines into another."""
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    with Path(results).open("w", encoding="utf-8") as out:
        for number, source in json.loads(Path(cells).read_bytes()):
            print(json.dumps({"cell": number}), file=out, flush=True)
            print(json.dumps(_run(module, number, source)), file=out, flush=True)


def _run(module: types.ModuleType, number: int, source: str) -> dict[str, Any]:
    name = f"<cell {number}>"
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        exec(compile(source, name, "exec"), module.__dict__)
    except BaseException as error:  # whatever an answer raises, SystemExit too
        return {"cell": number, "error": type(error).__name__} | _described(error)
    return {"cell": number, "error": ""}


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
