"""Real nbgrader in a copy of the course: its commands, and students who hand in."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat

from tests import bank

BIN = Path(sys.executable).parent
ENVIRONMENT = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
EXERCISES = {name: bank.load(name) for name in bank.EXERCISES}


def nbgrader(course: Path, *arguments: str) -> str:
    """Run one nbgrader command in the course's folder; fail with what it said."""
    done = subprocess.run(
        [BIN / "nbgrader", *arguments], cwd=course, env=ENVIRONMENT, text=True, capture_output=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def hand_in(course: Path, name: str, student: str, answers: dict[str, str]) -> None:
    """Put a student's notebook where nbgrader looks: the release with some cells filled in."""
    notebook = nbformat.read(course / "exercises" / name / f"{name}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    path = course / "submitted" / student / name / f"{name}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def own_defaults(course: Path) -> Path:
    """Let nbgrader grade and write feedback in this course by its own defaults: in a kernel."""
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("\ndel c['Autograde'], c['GenerateFeedback']\n")
    return course
