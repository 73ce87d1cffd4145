"""One release of all assignments, and a copy of it for each test."""

import shutil
from pathlib import Path

import pytest

from tests.bank import ROOT
from tests.e2e.classroom import EXERCISES, nbgrader


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the course, in a path with a space, its assignments known to the gradebook."""
    course = tmp_path_factory.mktemp("course") / "my course"
    for folder in ("solutions", "exercises"):
        shutil.copytree(ROOT / folder, course / folder)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for name in EXERCISES:
        nbgrader(course, "generate_assignment", name, "--force")
    return course


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return shutil.copytree(released, tmp_path / "my course")


@pytest.fixture
def stock(course: Path) -> Path:
    """One in which nbgrader grades and writes feedback by its own defaults: in a kernel."""
    with (course / "nbgrader_config.py").open("a") as config:
        config.write("\ndel c['Autograde'], c['GenerateFeedback']\n")
    return course
