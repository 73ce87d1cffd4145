"""Limits for the machine at hand, from the solution's own cost."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.instructor import grading, submissions, warm
from course_utils.instructor.calibration import SolutionFails, calibrated
from course_utils.instructor.sandbox import Limits, limits_of
from course_utils.instructor.task import Code
from tests import bank
from tests.instructor.boxes import QUICK, boxes, solution, task

NAME = "linear_networks"


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (5, "limits: 5: give names and numbers"),
        ({"chek": 5}, r"\['chek'\]: there are \['check', 'file'"),
        ({"check": "5 s"}, "check='5 s': give a number above 0"),
        ({"total": float("nan")}, "total=nan: give a number above 0"),
        ({"processes": 2.5}, "processes=2.5: give a whole number above 0"),
    ],
)
def test_limits_that_are_none(limits, says):
    with pytest.raises(ValueError, match=says):
        limits_of({"limits": limits})


costs = st.lists(st.floats(0, 1e3), min_size=1)


@given(costs, st.floats(1, 100))
def test_limits_grow_with_what_the_solution_costs(measured, factor):
    """And never below what the assignment gives."""
    limits = Limits().calibrated(measured)
    slower = Limits().calibrated([factor * cost for cost in measured])
    assert limits.check >= Limits().check
    assert limits.total >= Limits().total
    assert slower.check >= limits.check
    assert slower.total >= limits.total
    assert all(limits.check >= limits.slower * cost for cost in measured)


def working(seconds):
    """The solution's cells, the first of which computes for so long whenever it is run."""
    first, *others = task(NAME).solution
    burn = f"import time\nwhile time.process_time() < {seconds}: pass\n"
    return (Code(first.name, burn + first.source), *others)


@pytest.mark.bubblewrap
def test_a_slow_solution_gives_time():
    work = replace(task(NAME, limits=replace(QUICK, check=0.05)), solution=working(0.3))
    limits = calibrated(work, boxes(work)).limits
    assert limits.check > 0.2 * limits.slower  # 0.3 s but for what the process cost before
    assert limits.total > limits.check * len(work.checks) / 2


@pytest.mark.bubblewrap
def test_nobody_is_graded_where_the_solution_fails():
    first, *others = task(NAME).solution
    wrong = Code(first.name, first.source.replace("return ", "return 2 * "))
    work = replace(task(NAME), solution=(wrong, *others))
    with pytest.raises(SolutionFails, match=f"the solution does not pass check_{first.name}"):
        calibrated(work, boxes(work))


def job(work, **answers):
    release = (bank.ROOT / "exercises" / NAME / f"{NAME}.ipynb").read_text()
    notebook = json.loads(release)
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    return submissions.Job(work, release, "ann", json.dumps(notebook).encode(), "", "key")


@pytest.mark.bubblewrap
def test_then_a_record_says_so_and_is_not_done(monkeypatch):
    monkeypatch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))
    first, *others = task(NAME).solution
    work = replace(task(NAME), solution=(Code(first.name, "1 / 0"), *others))
    record = grading.grade(job(work, **solution(NAME)))
    assert record.key == ""
    assert record.earned == 0
    assert "the solution does not pass" in record.review[0]


@pytest.mark.bubblewrap
def test_the_solution_leaves_nothing_for_students(monkeypatch):
    """Neither in the names that their process begins with nor in files."""
    monkeypatch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))
    name = "best_map_of_rank"
    secret = "left_by_the_solution"
    marked = tuple(
        Code(c.name, f"{c.source}\n{secret} = '{secret}'\nopen('/tmp/{secret}', 'w')")
        for c in task(NAME).solution
    )
    looks = (
        f"# exercise: {name}\nimport gc, os\nword = '_'.join(['left', 'by', 'the', 'solution'])\n"
        "spaces = [o for o in gc.get_objects() if type(o) is dict]\n"
        "assert not [space for space in spaces if word in space]\n"
        "assert not os.listdir('/tmp')\n"
    )
    answers = solution(NAME)
    answers[name] = looks + answers[name]
    record = grading.grade(job(replace(task(NAME), solution=marked), **answers))
    assert {c.name: c.public for c in record.checks if not c.earned} == {}
