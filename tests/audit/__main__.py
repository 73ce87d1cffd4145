"""python -m tests.audit [NAME ...] [--seeds 200] [--workers 2] [--unseen] [--write]

Runs the answer banks, all mutants of the solutions and all seeds against the checks, prints the
table and what is to be mended, and ends with status 1 if anything is. `--write` puts the table of
all exercises where the instructor's page includes it. `--unseen` lists what only hidden tests
catch, of which students are told nothing at once.
"""

import argparse
import multiprocessing
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

from tqdm import tqdm

from course_utils.instructor.record import write_whole
from tests import bank
from tests.audit import rows
from tests.audit.equivalent import read_equivalent
from tests.audit.table import table
from tests.audit.trial import prepare

PAGE = bank.ROOT / "book" / "_generated" / "audit.md"


def main(argv: Sequence[str] | None = None) -> int:
    """0 if there is nothing to mend, 1 if there is, 2 for a mistake in the command."""
    arguments = _arguments(argv)
    names = arguments.names or list(bank.EXERCISES)
    try:
        findings = audit(names, seeds=arguments.seeds, workers=arguments.workers)
    except ValueError as error:
        print(f"audit: {error}", file=sys.stderr)
        return 2
    text = table([finding.row for finding in findings])
    print(text)
    for wrong in [one for finding in findings for one in finding.unseen if arguments.unseen]:
        print(f"only hidden tests catch {wrong}")
    problems = [problem for finding in findings for problem in finding.problems]
    for problem in problems:
        print(problem)
    if arguments.write and problems:
        print("not written: mend these first")
    elif arguments.write:
        write_whole(PAGE, text)
        print(f"wrote {PAGE.relative_to(bank.ROOT)}")
    return 1 if problems else 0


def audit(names: Sequence[str], *, seeds: int, workers: int | None) -> list[rows.Finding]:
    """The findings of these assignments, in the order of the table."""
    known = read_equivalent()
    os.environ["OMP_NUM_THREADS"] = "1"  # the pool's processes read it when they start
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=prepare) as pool:
        begun = [one for name in names for one in rows.begin(name, pool, seeds, known)]
        futures = [future for one in begun for future in one.futures]
        try:
            for future in tqdm(as_completed(futures), total=len(futures), unit="trial"):
                future.result()  # what the audit itself gets wrong ends it at once
        finally:
            pool.shutdown(cancel_futures=True)
        return [rows.finish(one) for one in begun]


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description="Audit the checks.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="assignments [all]")
    parser.add_argument("--seeds", type=int, default=200, help="[200]")
    parser.add_argument("--workers", type=int, help="processes [one a core]")
    parser.add_argument("--unseen", action="store_true", help="list what only hidden tests catch")
    parser.add_argument("--write", action="store_true", help="write book/_generated/audit.md")
    arguments = parser.parse_args(argv)
    if unknown := sorted(set(arguments.names) - set(bank.EXERCISES)):
        parser.error(f"{unknown[0]!r}: there are {', '.join(bank.EXERCISES)}")
    if arguments.seeds < 1 or (arguments.workers or 1) < 1:
        parser.error("--seeds and --workers: give a whole number of at least 1")
    if arguments.write and (arguments.names or arguments.seeds < 200):
        parser.error("--write: the table is of all assignments, with 200 seeds or more")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
