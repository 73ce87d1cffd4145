"""The notebooks where a student opens them: what Colab has, our wheel, and no checkout.

Two notebooks run; all of them where the environment variable COURSE_ALL_NOTEBOOKS is set.
"""

import os
from pathlib import Path

import pytest

from tests import bank
from tests.e2e.elsewhere import Elsewhere, build

NAMES = (
    sorted(bank.EXERCISES)
    if os.environ.get("COURSE_ALL_NOTEBOOKS")
    else ["gradient_flow", "scaling"]
)
ABSENT = ("nbgrader", "jupytext", "sphinx", "yaml", "pytest", "jupyter_book", "sqlalchemy", "tests")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Elsewhere:
    return build(tmp_path_factory.mktemp("elsewhere"))


def released(name: str) -> Path:
    return bank.ROOT / "exercises" / name / f"{name}.ipynb"


def solution(name: str) -> Path:
    return bank.ROOT / "solutions" / name / f"{name}.ipynb"


def test_only_the_wheel_is_there_and_nothing_of_the_staffs(elsewhere):
    look = "import importlib.util as u, course_utils, sys; print(course_utils.__file__);"
    look += f"print([n for n in {ABSENT} if u.find_spec(n)])"
    where, absent = elsewhere.run("-c", look).splitlines()
    assert Path(where).is_relative_to(elsewhere.python.parent.parent)
    assert absent == "[]"


@pytest.mark.parametrize("name", NAMES)
def test_a_released_notebook_opens_and_says_what_to_do(elsewhere, name):
    ran = elsewhere.run_notebook(released(name))
    raised = ran.errors()
    checks = {cell: kind for cell, kind in raised.items() if cell.startswith("check_")}
    assert checks
    assert set(checks.values()) == {"NotImplementedError"}, checks
    assert not {"install", "setup", "before_submission"} & raised.keys(), raised
    assert "untouched" in ran.said("before_submission"), ran.said("before_submission")


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_runs_from_top_to_bottom_within_30_s_of_cpu(elsewhere, name):
    ran = elsewhere.run_notebook(solution(name))
    print(f"{name}: {ran.cpu:.1f} s CPU")
    assert ran.errors() == {}
    assert ran.cpu < 30


def test_the_doctor_finds_all_that_the_wheel_needs(elsewhere):
    said = elsewhere.run("-c", "from course_utils.doctor import doctor; print(doctor())")
    assert said.splitlines()[-1] == "True", said
    assert {"torchvision", "scikit-learn"} <= set(said.split()), said


def test_the_wheel_holds_the_figures_to_play_with(elsewhere):
    look = "from course_utils import explorables as e; print(e.two_weights().html()[:7])"
    assert elsewhere.run("-c", look) == "<figure\n"
