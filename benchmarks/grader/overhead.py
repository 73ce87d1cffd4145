"""CPU of a submission beside what the student's code computes.

Student's compute is `Usage.cpu` of the record: what the processes of the answers used, from their
fork to their end. Each check has such a process, in which all cells run anew, so this is more than
the cells and checks would need in one kernel; the column *plain* says that much.

All else is overhead: main process, worker, both sandboxes' warm processes, and the processes of the
checks with the computing that test cells do themselves. It is the difference of two runs of
`course autograde` with one worker, of many submissions and of one, so that start-up is left out.
The kernel's own count is taken, of the command and of all processes that it leaves behind.
"""

import argparse
import ctypes
import os
import subprocess
import time
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.grader import checks, sample
from course_utils.instructor.inside.zygote import PR_SET_CHILD_SUBREAPER, TICKS, family
from course_utils.instructor.sandbox import LIMITS, Sandbox

WANTED_MS = 150
FORKS = 50


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each exercise: milliseconds of CPU for one submission."""
    fork = cost_of_fork()
    print(f"one process forked and ended: {fork['cpu_ms']:.1f} ms CPU, {fork['wall_ms']:.1f} ms")
    print(f"ms CPU a submission, from {options.copies} copies (wanted of overhead: {WANTED_MS})")
    print(
        f"{'exercise':28s} {'overhead':>9s} {'student':>9s} {'plain':>9s} {'checks':>7s}  start-up"
    )
    rows = []
    for name in tqdm(options.exercises, leave=False):
        row = _row(name, options.copies)
        numbers = f"{row['overhead_ms']:9.0f} {row['student_ms']:9.0f} {row['plain_ms']:9.0f}"
        tqdm.write(f"{name:28s} {numbers} {row['checks']:7d} {row['start_up_s']:7.1f} s")
        rows.append(row)
    return {"copies": options.copies, "fork": fork, "exercises": rows}


def _row(name: str, copies: int) -> dict[str, Any]:
    total, student = [], []
    for students in (1, copies):
        with sample.course(name, students) as root:
            total.append(cpu_of([*sample.COURSE, "autograde", name, "--workers", "1"], root))
            records = sample.full_marks(root, name)
            student.append(sum(record.usage.cpu for record in records))
    each = 1000 / (copies - 1)
    of_student = each * (student[1] - student[0])
    overhead = each * (total[1] - total[0]) - of_student
    cells, tests = checks.cpu(name)
    return {
        "exercise": name,
        "overhead_ms": overhead,
        "student_ms": of_student,
        "plain_ms": 1000 * (cells + tests),
        "checks": len(records[0].checks),
        "start_up_s": total[0] - student[0] - overhead / 1000,
    }


def cpu_of(command: list[str], root: Path) -> float:
    """Seconds of CPU of a command and of all that it starts, also where that outlives it.

    bubblewrap is killed at the end and its sandbox goes with it, without a parent that counts it:
    this process becomes the parent.
    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    null = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=root, env=sample.environment(), stdout=null, stderr=null
    )
    cpu = 0.0
    while True:
        try:
            pid, status, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += used.ru_utime + used.ru_stime
        if pid == process.pid:
            process.returncode = os.waitstatus_to_exitcode(status)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
    if process.returncode:
        raise SystemExit(f"{command[-4:]} ended with {process.returncode}")
    return cpu


def cost_of_fork() -> dict[str, float]:
    """Of a process in the sandbox that is forked, asked for nothing, and ended."""
    number = os.getpid() % 2000 * 2
    box = Sandbox("answers", number=number)
    try:
        box.end(box.fork(LIMITS))
        cpu, own, wall = _tree(box.process.pid), time.process_time(), time.perf_counter()
        for _ in range(FORKS):
            box.end(box.fork(LIMITS))
        wall, own = time.perf_counter() - wall, time.process_time() - own
        cpu = _tree(box.process.pid) - cpu + own
    finally:
        box.close()
    return {"cpu_ms": 1000 * cpu / FORKS, "wall_ms": 1000 * wall / FORKS}


def _tree(pid: int) -> float:
    """Seconds of CPU of a process, its children, and those that these have waited for."""
    return sum(sum(map(int, fields[11:15])) for fields in family(pid).values()) / TICKS
