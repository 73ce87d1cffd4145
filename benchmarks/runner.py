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
    """Run the cases of these names or groups, or all; print a line each and write the JSON."""
    known = {name for case in CASES for name in (case.name, case.group) if name}
    if unknown := set(names) - known:
        raise SystemExit(f"no benchmark {sorted(unknown)}: there are {sorted(known)}")
    torch.set_num_threads(1)  # as when the book is built; two would wait for each other
    print(f"torch {torch.__version__}, one thread; medians; (extr.): from a part of the work")
    print(f"{'case':8s} {'plain twin':>18s} {'ours':>9s} {'ratio':>8s} {'wanted':>7s}")
    timings, total_twin, total_ours = [], 0.0, 0.0
    for case in CASES:
        if names and not {case.name, case.group} & set(names):
            continue
        twin, ours = measure(case)
        for_all_of_it = twin.median() * case.whole / case.part
        print_row(case.name, for_all_of_it, ours.median(), f"{case.wanted:7g}   {case.what}")
        timings += [twin, ours]
        total_twin += for_all_of_it
        total_ours += ours.median()
    print_row("all", total_twin, total_ours, "")
    WRITTEN.parent.mkdir(exist_ok=True)
    pyperf.BenchmarkSuite(timings).dump(str(WRITTEN), replace=True)
    print(f"written to {WRITTEN}")


def print_row(name: str, twin: float, ours: float, rest: str) -> None:
    ratio = f"{twin / ours:8.1f}"
    print(f"{name:8s} {in_units(twin)} (extr.) {in_units(ours)} {ratio} {rest}", flush=True)


def in_units(seconds: float) -> str:
    return f"{seconds:7.1f} s" if seconds >= 1 else f"{1000 * seconds:6.0f} ms"


def measure(case: Case, *, rounds: int = 3) -> tuple[pyperf.Benchmark, pyperf.Benchmark]:
    """Compare, which also warms both up; then time each `rounds` times, in turns."""
    for twin, ours in zip(case.twin(case.part), case.ours(case.part), strict=True):
        np.testing.assert_allclose(ours, twin, rtol=case.rtol, err_msg=f"{case.name}: not the same")
    values: dict[str, list[float]] = {"twin": [], "ours": []}
    for _ in range(rounds):
        values["twin"].append(seconds(case.twin, case.part))
        values["ours"].append(seconds(case.ours, case.whole))
    return (
        benchmark(f"{case.what}: twin, {case.part} of {case.whole}", values["twin"]),
        benchmark(f"{case.what}: ours", values["ours"]),
    )


def seconds(run: Callable[[int], object], amount: int) -> float:
    start = pyperf.perf_counter()
    run(amount)
    return pyperf.perf_counter() - start


def benchmark(name: str, values: list[float]) -> pyperf.Benchmark:
    return pyperf.Benchmark([pyperf.Run(values, metadata={"name": name, "unit": "second"})])
