"""Submissions a minute of `course autograde`, and of `nbgrader autograde` as nbgrader comes.

Both grade the same kind of files in the same run: with all cells that students hand in, then with
`experiment` cells taken out. All of a command counts, from its start to its end, gradebook
included. *Warm* leaves out what comes before the first submission is done (of each worker), which
is mostly the start of the warm processes, or nbgrader's own start and first submission.

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
    """One command: seconds in all and until it is warm, and what it graded."""

    submissions: int
    seconds: float
    warm_after: float
    workers: int

    @property
    def warm(self) -> float:
        """Submissions a minute, start-up left out."""
        return 60 * (self.submissions - self.workers) / (self.seconds - self.warm_after)

    def rate(self, submissions: int) -> float:
        """Submissions a minute for a class of this size, start-up included."""
        more = (submissions - self.submissions) * 60 / self.warm
        return 60 * submissions / (self.seconds + more)


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each exercise, and the medians."""
    print(f"a minute, of {options.copies}; (extr.): from {options.theirs}; in brackets: warm")
    print(f"{'exercise':32s} {'nbgrader (extr.)':>16s} {'one worker':>16s} {'two workers':>16s}")
    figures: dict[str, Any] = {"copies": options.copies, "theirs": options.theirs}
    for experiments in (True, False):
        kind = "with experiment cells" if experiments else "without experiment cells"
        print(kind)
        rows = [_row(name, options, experiments=experiments) for name in options.exercises]
        print(f"  medians; wanted of ours to nbgrader: >= {WANTED[experiments]}")
        for what, wanted in (("one", ""), ("two", ""), ("gain", f"  (wanted >= {WANTED_OF_TWO})")):
            cold, warm = (statistics.median(row[part][what] for row in rows) for part in HOW)
            of = {"one": "one worker to nbgrader", "two": "two workers to nbgrader"}
            print(f"  {of.get(what, 'two workers to one'):30s} {cold:6.1f} [{warm:6.1f}]{wanted}")
        figures[kind] = rows
    return figures


HOW = ("with start-up", "warm")


def _row(name: str, options: argparse.Namespace, *, experiments: bool) -> dict[str, Any]:
    bar = tqdm(total=3, desc=name, leave=False)
    with sample.course(name, options.theirs, experiments=experiments) as root:
        theirs = nbgrader(root, name)
        bar.update()
    with sample.course(name, options.copies, experiments=experiments) as root:
        ours = {}
        for workers in (1, 2):
            ours[workers] = course(root, name, workers)
            sample.ungraded(root)
            bar.update()
    bar.close()
    rates = {
        how: [r.rate(options.copies) if how == HOW[0] else r.warm for r in (theirs, *ours.values())]
        for how in HOW
    }
    print(f"{name:32s}", *(f"{c:7.1f} [{w:6.1f}]" for c, w in zip(*rates.values(), strict=True)))
    return {
        "exercise": name,
        "runs": {"nbgrader": asdict(theirs), "one": asdict(ours[1]), "two": asdict(ours[2])},
        **{
            how: {"one": one / them, "two": two / them, "gain": two / one}
            for how, (them, one, two) in rates.items()
        },
    }


def course(root: Path, name: str, workers: int) -> Run:
    """`course autograde`, sandbox on."""
    begin = time.time()
    sample.run([*sample.COURSE, "autograde", name, "--workers", str(workers)], root)
    seconds = time.time() - begin
    records = sample.full_marks(root, name)
    done = sorted(path.stat().st_mtime for path in (root / "graded" / name).glob("*.json"))
    return Run(len(records), seconds, done[workers - 1] - begin, workers)


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
    return Run(len(marks), seconds, done[0] - begin, 1)
