"""Submissions a minute of `course autograde`, and of `nbgrader autograde` as nbgrader comes.

Both grade the same kind of files in the same run: with all cells that students hand in, then with
`experiment` cells taken out. Three rates:

whole    all of the command, from its start to its end, gradebook included
warm     from the first submission that is done (of each worker) to the end of the command; before
         it the warm processes start, or nbgrader itself
grading  from there to the last submission that is done; after it ours writes the gradebook, which
         nbgrader has done on the way, and a part of that is the same for a class of any size

nbgrader grades a few; for a class as large as ours, each further one is taken to need as long.
"""

import argparse
import statistics
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from tqdm import tqdm

from benchmarks.grader import sample

PLAIN = """\
c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
"""
"""nbgrader's own settings, but for the names of the folders."""
WANTED = {True: 20, False: 10}
WANTED_OF_TWO = 1.7


@dataclass(frozen=True)
class Run:
    """One command: what it graded, and seconds from its start until it was warm, done and over."""

    submissions: int
    workers: int
    warm_after: float
    done_after: float
    seconds: float

    def rates(self, submissions: int) -> dict[str, float]:
        """Submissions a minute; the whole for a class of this size."""
        rest = 60 * (self.submissions - self.workers)
        warm = rest / (self.seconds - self.warm_after)
        more = 60 * (submissions - self.submissions) / warm
        return {
            "whole": 60 * submissions / (self.seconds + more),
            "warm": warm,
            "grading": rest / (self.done_after - self.warm_after),
        }

    def __str__(self) -> str:
        """Seconds of its three phases."""
        grading, after = self.done_after - self.warm_after, self.seconds - self.done_after
        return f"{self.warm_after:.1f} + {grading:.1f} + {after:.1f}"


HOW = ("whole", "warm", "grading")
WHO = ("nbgrader", "one worker", "two workers")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each exercise, and the medians."""
    print(f"submissions a minute ({', '.join(HOW)}) of {options.copies}; nbgrader: of", end=" ")
    print(f"{options.theirs}, extrapolated; of two workers the seconds (start-up, grading, rest)")
    print(f"{'exercise':24s}", *(f"{who:>20s}" for who in WHO))
    figures: dict[str, Any] = {"copies": options.copies, "theirs": options.theirs}
    for experiments, wanted in WANTED.items():
        kind = f"with{'' if experiments else 'out'} experiment cells"
        print(kind)
        rows = [_row(name, options, experiments=experiments) for name in options.exercises]
        print(f"  medians of the ratios{'':5s}", *(f"{how:>8s}" for how in HOW))
        for what, at_least in (
            ("one worker to nbgrader", wanted),
            ("two workers to nbgrader", wanted),
            ("two workers to one", WANTED_OF_TWO),
        ):
            ratios = (statistics.median(row["ratios"][what][how] for row in rows) for how in HOW)
            print(f"  {what:26s}", *(f"{r:8.1f}" for r in ratios), f" (wanted >= {at_least})")
        figures[kind] = rows
    return figures


def _row(name: str, options: argparse.Namespace, *, experiments: bool) -> dict[str, Any]:
    with tqdm(total=3, desc=name, leave=False) as bar:
        with sample.course(name, options.theirs, experiments=experiments) as root:
            runs = [nbgrader(root, name)]
            bar.update()
        with sample.course(name, options.copies, experiments=experiments) as root:
            for workers in (1, 2):
                runs.append(course(root, name, workers))
                sample.ungraded(root)
                bar.update()
    them, one, two = rates = [run.rates(options.copies) for run in runs]
    told = (" ".join(f"{rate[how]:6.1f}" for how in HOW) for rate in rates)
    print(f"{name:24s}", *told, f"  {runs[2]}", flush=True)
    pairs = {
        "one worker to nbgrader": (one, them),
        "two workers to nbgrader": (two, them),
        "two workers to one": (two, one),
    }
    return {
        "exercise": name,
        "runs": {who: asdict(run) for who, run in zip(WHO, runs, strict=True)},
        "rates": dict(zip(WHO, rates, strict=True)),
        "ratios": {what: {how: a[how] / b[how] for how in HOW} for what, (a, b) in pairs.items()},
    }


def course(root: Path, name: str, workers: int) -> Run:
    """`course autograde`, sandbox on."""
    begin = time.time()
    sample.run([*sample.COURSE, "autograde", name, "--workers", str(workers)], root)
    seconds = time.time() - begin
    records = sample.full_marks(root, name)
    done = sorted(path.stat().st_mtime for path in (root / "graded" / name).glob("*.json"))
    return Run(len(records), workers, done[workers - 1] - begin, done[-1] - begin, seconds)


def nbgrader(root: Path, name: str) -> Run:
    """`nbgrader autograde`, which knows nothing of the course."""
    (root / "nbgrader_config.py").write_text(PLAIN)
    sample.run(["nbgrader", "generate_assignment", name, "--force"], root)
    begin = time.time()
    sample.run(["nbgrader", "autograde", name], root)
    seconds = time.time() - begin
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        found = gradebook.assignment_submissions(name)
        marks = {
            one.student.id: sum(g.auto_score or 0 for g in one.notebooks[0].grades) for one in found
        }
    if set(marks.values()) != {16}:
        raise SystemExit(f"{name}: nbgrader gave {marks}")
    done = sorted(path.stat().st_mtime for path in root.glob(f"autograded/*/{name}/{name}.ipynb"))
    return Run(len(marks), 1, done[0] - begin, done[-1] - begin, seconds)
