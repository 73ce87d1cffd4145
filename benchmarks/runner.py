"""Times twin and ours alternately in one run, after comparing their results.

Taken in turns, both see the same machine, quiet or busy. pyperf keeps the values, describes the
machine and writes the JSON (`.venv/bin/python -m pyperf show _build/benchmarks.json`).
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyperf
import torch

from benchmarks.cases import CASES, Case

WRITTEN = Path("_build") / "benchmarks.json"


def main(names: list[str]) -> None:
    """Run the named cases, or all; print a line each and write the JSON."""
    unknown = set(names) - {case.name for case in CASES}
    if unknown:
        raise SystemExit(f"no benchmark {sorted(unknown)}: there are {[c.name for c in CASES]}")
    torch.set_num_threads(1)  # as when the book is built; two would wait for each other
    print(f"torch {torch.__version__}, one thread; medians in seconds")
    print(f"{'case':8s} {'plain twin':>22s} {'ours':>8s} {'ratio':>7s}")
    timings, total_twin, total_ours = [], 0.0, 0.0
    for case in CASES:
        if names and case.name not in names:
            continue
        twin, ours = measure(case)
        at_full_length = twin.median() * case.full_steps / case.twin_steps
        print_row(case.name, at_full_length, ours.median(), case.what)
        timings += [twin, ours]
        total_twin += at_full_length
        total_ours += ours.median()
    print_row("all", total_twin, total_ours, "(extr.: from fewer steps, at full length)")
    WRITTEN.parent.mkdir(exist_ok=True)
    pyperf.BenchmarkSuite(timings).dump(str(WRITTEN), replace=True)
    print(f"written to {WRITTEN}")


def print_row(name: str, twin: float, ours: float, what: str) -> None:
    print(f"{name:8s} {twin:14.1f} (extr.) {ours:8.2f} {twin / ours:7.1f}   {what}", flush=True)


def measure(case: Case, *, rounds: int = 3) -> tuple[pyperf.Benchmark, pyperf.Benchmark]:
    """Compare, which also warms both up; then time each `rounds` times, in turns."""
    for twin, ours in zip(case.twin(case.twin_steps), case.ours(case.twin_steps), strict=True):
        np.testing.assert_allclose(ours, twin, rtol=case.rtol, err_msg=f"{case.name}: not the same")
    values: dict[str, list[float]] = {"twin": [], "ours": []}
    for _ in range(rounds):
        values["twin"].append(seconds(case.twin, case.twin_steps))
        values["ours"].append(seconds(case.ours, case.full_steps))
    return (
        benchmark(f"{case.name} twin, {case.twin_steps} steps", values["twin"]),
        benchmark(f"{case.name} ours, {case.full_steps} steps", values["ours"]),
    )


def seconds(run: Callable[[int], object], n_steps: int) -> float:
    start = pyperf.perf_counter()
    run(n_steps)
    return pyperf.perf_counter() - start


def benchmark(name: str, values: list[float]) -> pyperf.Benchmark:
    return pyperf.Benchmark([pyperf.Run(values, metadata={"name": name, "unit": "second"})])
