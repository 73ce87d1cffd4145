"""Synthetic records into the gradebook, in SQLite and in a PostgreSQL server of its own.

*All* is what `course autograde` does: it writes each student's notebook, then the marks. For
*marks*, notebooks are left out, so that what is compared is the databases. Each size begins with an
empty gradebook; with growth that is not quadratic, milliseconds a record stay the same.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

from sqlalchemy import create_engine, text
from tqdm import tqdm

from course_utils.instructor import gradebook
from course_utils.instructor.gradebook import autograded
from course_utils.instructor.record import Record
from tests.instructor.gradebook import graded, postgres

WANTED = 0.5


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each database and size."""
    print("ms a record, from an empty gradebook")
    print(f"{'':12s} {'records':>8s} {'all':>8s} {'marks':>8s}")
    rows = [_row("sqlite", size, None) for size in options.records]
    for what in ("all", "marks"):
        first, last = rows[0], rows[-1]
        growth = last[what] / first[what]
        size = last["records"] / first["records"]
        print(f"{what}: {growth:.2f} times as long a record for {size:.0f} times as many")
    ratios = _against_postgres(options.postgres) if options.postgres else []
    return {"sqlite": rows, "postgres": ratios}


def _against_postgres(sizes: list[int]) -> list[dict[str, Any]]:
    if postgres.MISSING:
        print(postgres.MISSING)
        return []
    found = []
    with postgres.server() as url:
        for size in sizes:
            lite, server = _row("sqlite", size, None), _row("postgresql", size, url)
            speed = {what: lite[what] / server[what] for what in ("all", "marks")}
            told = ", ".join(f"{what} {ratio:.2f}" for what, ratio in speed.items())
            print(f"PostgreSQL's speed by SQLite's: {told} (wanted >= {WANTED})")
            found.append({"records": size, "sqlite": lite, "postgresql": server, "speed": speed})
    return found


def _row(database: str, size: int, url: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {"records": size}
    for what in ("all", "marks"):
        with tempfile.TemporaryDirectory(prefix="class-") as folder:
            row[what] = 1000 * _seconds(Path(folder), size, url, notebooks=what == "all") / size
    print(f"{database:12s} {size:8d} {row['all']:8.2f} {row['marks']:8.2f}", flush=True)
    return row


def _seconds(root: Path, size: int, url: str | None, *, notebooks: bool) -> float:
    graded.make_course(root)
    if url:
        _emptied(url)
    notebook = graded.notebook(dict.fromkeys(graded.ANSWERS, "answered = True"))
    none = mock.patch.object(autograded, "write")
    with nullcontext() if notebooks else none:
        begin = time.perf_counter()
        changes = gradebook.write(
            _records(size), root=root, notebook_of=lambda _: notebook, db_url=url
        )
        seconds = time.perf_counter() - begin
    if problems := [str(change) for change in changes if change.problem] or len(changes) != size:
        raise SystemExit(f"not all records are in: {problems}")
    return seconds


def _records(size: int) -> Iterator[Record]:
    checks = list(graded.CHECKS)
    for number in tqdm(range(size), leave=False, unit="record"):
        yield graded.record(f"student{number:05d}", lost=checks[: number % len(checks)])


def _emptied(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
