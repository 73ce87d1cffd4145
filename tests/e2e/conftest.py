"""One release of all assignments, and a copy of it for each test."""

import shutil
from pathlib import Path

import pytest

from course_utils.instructor import demo
from course_utils.instructor.cli import main
from tests.bank import ROOT
from tests.e2e.classroom import EXERCISES, nbgrader, own_defaults


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
    return own_defaults(course)


@pytest.fixture(scope="session")
def graded_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's class, taken in and graded; the one that never ends is left out."""
    folder = tmp_path_factory.mktemp("class") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(demo.HOSTILE, "train")
        archive = demo.make(ROOT, folder)
    command, name = ["--root", str(folder)], demo.ASSIGNMENT
    assert main([*command, "intake", str(archive), "--assignment", name]) == 1  # one is refused
    assert main([*command, "autograde", name, "--workers", "1"]) == 0
    return folder
