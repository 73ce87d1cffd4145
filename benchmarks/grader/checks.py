"""CPU of all checks of an exercise on its solution, with what the answers compute in them.

As in a kernel: one process, one thread, on real objects. What is imported lazily and compiled once
is left out by a first round; of the others the median counts.
"""

import argparse
import statistics
import time
from typing import Any

import torch
from tqdm import tqdm

from benchmarks.grader.sample import ROOT
from course_utils.instructor.markup import Cell, read

WANTED_S = 0.5
ROUNDS = 5


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each exercise."""
    print(f"seconds of CPU (wanted of checks: <= {WANTED_S})")
    print(f"{'exercise':28s} {'checks':>7s} {'cells':>7s}")
    rows = {}
    for name in tqdm(options.exercises, leave=False):
        cells, tests = cpu(name)
        tqdm.write(f"{name:28s} {tests:7.3f} {cells:7.3f}")
        rows[name] = {"checks_s": tests, "cells_s": cells}
    return {"exercises": rows}


def cpu(name: str) -> tuple[float, float]:
    """Seconds of CPU to run set-up and answer cells, and to run all checks after them."""
    torch.set_num_threads(1)
    exercise = read(ROOT / "solutions" / name / f"{name}.md")
    given = [cell for cell in exercise.cells if cell.role in ("setup", "exercise")]
    tests = [cell for cell in exercise.cells if cell.role == "check"]
    rounds = []
    for _ in range(ROUNDS + 1):
        namespace: dict[str, Any] = {"__name__": "__main__"}
        rounds.append((_seconds(given, namespace), _seconds(tests, namespace)))
    of_given, of_tests = zip(*rounds[1:], strict=True)
    return statistics.median(of_given), statistics.median(of_tests)


def _seconds(cells: list[Cell], namespace: dict[str, Any]) -> float:
    begin = time.process_time()
    for cell in cells:
        exec(compile(cell.source, cell.name, "exec"), namespace)
    return time.process_time() - begin
