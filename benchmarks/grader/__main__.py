"""`python -m benchmarks.grader [PART ...]`: print figures, and write them to a JSON file.

Nothing here fails because a machine is slow; it does where marks are not what they should be.
"""

import argparse
import importlib
import json
import os
import platform
import time
from pathlib import Path
from typing import Any

from benchmarks.grader import sample

PARTS = {
    "rate": "rate",
    "overhead": "overhead",
    "memory": "memory",
    "gradebook": "gradebook",
    "tests": "checks",
}
"""By the name of a part, its file."""
WRITTEN = Path("_build") / "grader_benchmarks.json"


def main() -> None:
    options = _options()
    for part in options.parts or PARTS:
        machine = _machine()
        print(f"\n{part}: {machine['cores']} cores, load {machine['load']:.1f} before", flush=True)
        figures = importlib.import_module(f"benchmarks.grader.{PARTS[part]}").run(options)
        _write(part, {"machine": machine} | figures)
    print(f"\nwritten to {WRITTEN}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.grader", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    add = parser.add_argument
    add("--exercises", nargs="+", default=sample.EXERCISES, metavar="NAME", help="[all]")
    add("--copies", type=_several, default=40, help="submissions, for rate and overhead [40]")
    add("--theirs", type=_several, default=3, help="submissions for nbgrader, in rate [3]")
    add("--classes", type=_several, nargs="+", default=[100, 5000], help="for memory")
    add("--records", type=_several, nargs="+", default=[1000, 5000, 10_000], help="for gradebook")
    add("--postgres", type=_several, nargs="*", default=[1000, 5000], help="for gradebook")
    options = parser.parse_args()
    for given, known in ((options.parts, PARTS), (options.exercises, sample.EXERCISES)):
        if unknown := sorted(set(given) - set(known)):
            parser.error(f"{', '.join(unknown)}: there are {', '.join(known)}")
    return options


def _several(text: str) -> int:
    """Rates are taken from the second submission on, or the third where two are graded at once."""
    if not text.isdecimal() or int(text) < 3:
        raise argparse.ArgumentTypeError(f"{text!r}: give a whole number of at least 3")
    return int(text)


def _machine() -> dict[str, Any]:
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "system": platform.platform(),
    }


def _write(part: str, figures: dict[str, Any]) -> None:
    """Put the figures of one part beside those of the others."""
    known = json.loads(WRITTEN.read_text()) if WRITTEN.exists() else {}
    WRITTEN.parent.mkdir(exist_ok=True)
    WRITTEN.write_text(json.dumps(known | {part: figures}, indent=1) + "\n")


if __name__ == "__main__":
    main()
