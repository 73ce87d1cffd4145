"""A course of one assignment with a class: copies of the solution, as students hand them in.

Each copy has its number in a comment, so that no two files are the same. Commands run in processes
of their own, as an instructor starts them.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_utils.instructor import record
from course_utils.instructor.markup import read
from course_utils.instructor.record import Record

ROOT = Path(__file__).parent.parent.parent
EXERCISES = [path.stem for path in sorted((ROOT / "solutions").glob("*/*.md"))]
COURSE = [sys.executable, "-c", "import sys; from course_utils.instructor import cli; "]
COURSE[-1] += "sys.exit(cli.main())"
WRITTEN = ("graded", "autograded", "gradebook.db")


@contextmanager
def course(name: str, students: int, *, experiments: bool = True) -> Iterator[Path]:
    """A folder with the assignment and so many submissions, for as long as it is used.

    Without `experiments`, cells that only explore are in none of its notebooks.
    """
    with tempfile.TemporaryDirectory(prefix="class-") as folder:
        root = Path(folder)
        for kind in ("solutions", "exercises"):
            shutil.copytree(ROOT / kind / name, root / kind / name)
            path = root / kind / name / f"{name}.ipynb"
            if not experiments:
                path.write_text(_without_experiments(path.read_text(encoding="utf-8")))
        release = json.loads((root / "exercises" / name / f"{name}.ipynb").read_text())
        for number in range(students):
            path = root / "submitted" / f"student{number:05d}" / name / f"{name}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(_filled(release, _answers(name), number))
            (path.parent / "timestamp.txt").write_text("2026-11-24 11:30:00 UTC")
        yield root


def _answers(name: str) -> dict[str, str]:
    cells = read(ROOT / "solutions" / name / f"{name}.md").cells
    answers = {cell.name: cell.source for cell in cells if cell.role == "exercise"}
    return answers | {cell.name: "Since it is so." for cell in cells if cell.role == "open"}


def _filled(release: dict, answers: dict[str, str], number: int) -> str:
    cells = []
    for cell in release["cells"]:
        answer = answers.get(cell["metadata"].get("nbgrader", {}).get("grade_id"))
        if answer and cell["cell_type"] == "code":
            answer += f"\n# by student {number}"
        cells.append(cell | ({"source": answer} if answer else {}))
    return json.dumps(release | {"cells": cells})


def _without_experiments(text: str) -> str:
    notebook = json.loads(text)
    cells = notebook["cells"]
    kept = [cell for cell in cells if "experiment" not in cell["metadata"].get("tags", [])]
    return json.dumps(notebook | {"cells": kept})


def environment() -> dict[str, str]:
    """This one's, with this Python's programs on the path and the course to be imported."""
    own = {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    kept = {key: value for key, value in os.environ.items() if key != "COURSE_DB_URL"}
    return kept | own | {"PYTHONPATH": str(ROOT)}


def run(command: list[str], root: Path) -> None:
    """Run it to its end in the course's folder; SystemExit with what it said if it fails."""
    done = subprocess.run(command, cwd=root, env=environment(), text=True, capture_output=True)
    if done.returncode:
        raise SystemExit(f"{command[-2:]} failed:\n{done.stdout}{done.stderr}")


def ungraded(root: Path) -> None:
    """Take away what grading wrote."""
    for name in WRITTEN:
        path = root / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def full_marks(root: Path, name: str) -> list[Record]:
    """The records, if each has its full marks; SystemExit if not."""
    records = list(record.load_all(root, name))
    for one in records:
        if one.earned != sum(check.points for check in one.checks):
            raise SystemExit(f"{name}: {one.student} got {one.earned}: {one.checks} {one.review}")
    return records
