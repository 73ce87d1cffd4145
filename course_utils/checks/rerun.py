"""Set-up, answers and visible checks once more, in a new Python, as they run when graded.

A new one, since the notebook's own remembers: functions of cells that are gone, a default type
that was changed, a name that hides a built-in.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from course_utils.checks.cells import Cell

PATIENCE = 120
"""Seconds for all cells together; they need a few, of which most is importing torch."""
ENTRY = "import sys; from course_utils.checks.clean_run import main; main(*sys.argv[1:])"


@dataclass(frozen=True)
class Ran:
    """How a cell went: `error` is empty where it ran to its end."""

    error: str = ""
    text: str = ""
    at: int = 0
    """The number of the cell that the error comes from, 0 if none of them, and the line in it."""
    line: int = 0
    check: bool = False
    """Whether it is a comparison that failed."""


def rerun(
    cells: Iterable[Cell], checks: Iterable[Cell] = (), patience: float = PATIENCE
) -> Mapping[int, Ran]:
    """How each cell went, by its number, those of `checks` last; what was not reached is left out.

    Raises
    ------
    OSError : where no new Python can be started.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        given, results = Path(folder, "cells.json"), Path(folder, "results.jsonl")
        run = [(cell.number, cell.code, False) for cell in cells]
        run += [(cell.number, cell.code, True) for cell in checks]
        given.write_text(json.dumps(run))
        results.touch()
        ending = _run([sys.executable, "-c", ENTRY, str(given), str(results)], patience)
        lines = results.read_text(encoding="utf-8", errors="replace").splitlines()
    return _read(lines, ending)


def _run(command: list[str], patience: float) -> Ran:
    """Run it; what to say of the cell in which it ended, should it end in one."""
    package = str(Path(__file__).parents[2])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    env = os.environ | {"PYTHONPATH": os.pathsep.join(paths), "MPLBACKEND": "Agg"}
    env.pop("JPY_SESSION_NAME", None)  # it belongs to the kernel
    nothing = subprocess.DEVNULL
    with subprocess.Popen(command, env=env, stdin=nothing, stdout=nothing, stderr=nothing) as new:
        try:
            status = new.wait(patience)
        except subprocess.TimeoutExpired:
            return Ran("Timeout", f"it was not done after {patience:g} s: a loop without end?")
        finally:
            new.kill()
    return Ran("Ended", f"Python ended in it, with status {status}")


def _read(lines: list[str], ending: Ran) -> dict[int, Ran]:
    found: dict[int, Ran] = {}
    for line in lines:
        try:
            said = json.loads(line)
            number = int(said.pop("cell"))
            found[number] = Ran(**said) if said else ending
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # half a line, or not ours: a cell can write into any file
    return found
