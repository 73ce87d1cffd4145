"""Peak memory of the main process of `course autograde`, for classes of two sizes.

The workers give records without running anything (`instead`), so that thousands take a minute: it
is the main process that is measured, which reads submissions, saves records and writes gradebook
and notebooks as always. The kernel keeps the peak (VmHWM).
"""

import argparse
import subprocess
import sys
import time
from typing import Any

from benchmarks.grader import sample

WANTED_MB = 500
NAME = "lazy_training"


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Print a line for each class."""
    print(f"peak of the main process (wanted: flat, < {WANTED_MB} MB)")
    print(f"{'submissions':>11s} {'MB':>7s} {'files, MB':>10s} {'seconds':>8s}")
    rows = []
    for students in options.classes:
        with sample.course(NAME, students) as root:
            files = sum(path.stat().st_size for path in root.glob("submitted/*/*/*.ipynb"))
            command = [sys.executable, "-m", "benchmarks.grader.instead", NAME]
            begin = time.perf_counter()
            done = subprocess.run(
                command, cwd=root, env=sample.environment(), stdout=subprocess.PIPE, check=True
            )
            seconds = time.perf_counter() - begin
            peak = int(done.stdout.split()[-1])
            graded = len(sample.full_marks(root, NAME))
        if graded != students:
            raise SystemExit(f"{graded} of {students} graded")
        print(f"{students:11d} {peak / 1e6:7.0f} {files / 1e6:10.0f} {seconds:8.0f}", flush=True)
        rows.append({"submissions": students, "bytes": peak, "files": files, "seconds": seconds})
    return {"classes": rows}
