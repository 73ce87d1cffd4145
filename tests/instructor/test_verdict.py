"""Verdicts: as plain execution gives them, and what answers that misbehave cost."""

import socket
from dataclasses import replace

import pytest

from course_utils.instructor.sandbox import LIMITS
from course_utils.instructor.task import Code
from course_utils.instructor.verdict import judge, undefined_name
from course_utils.instructor.view import SandboxError
from tests import bank
from tests.instructor.boxes import boxes, solution, task

pytestmark = pytest.mark.bubblewrap


def some_answers(kind, each):
    """A few of every function's bank, spread over it."""
    for assignment in bank.EXERCISES:
        by_name = {}
        for answer in bank.answers(assignment, kind):
            by_name.setdefault(answer.name, []).append(answer)
        for found in by_name.values():
            step = max(1, len(found) // each)
            yield from found[::step][:each]


@pytest.mark.parametrize("assignment", bank.EXERCISES)
def test_solutions_get_all_points_and_stubs_none(assignment):
    work = task(assignment, limits=LIMITS)
    solved = judge(work, solution(assignment), boxes(work))
    assert [check.status for check in solved.checks] == ["passed"] * len(work.checks)
    assert sum(check.earned for check in solved.checks) == 16
    untouched = judge(work, {}, boxes(work))
    assert {check.status for check in untouched.checks} == {"missing"}


@pytest.mark.parametrize("answer", list(some_answers("right", 1)), ids=str)
def test_right_answers_pass(answer):
    work = task(answer.assignment, limits=LIMITS)
    verdict = judge(work, solution(answer.assignment) | {answer.name: answer.source}, boxes(work))
    assert [c for c in verdict.checks if c.status != "passed"] == []


@pytest.mark.parametrize("answer", list(some_answers("wrong", 1)), ids=str)
def test_wrong_answers_fail_the_same_checks_with_the_same_message(answer):
    """As in one process, where everything is at hand: nothing is lost on the way."""
    work = task(answer.assignment, limits=LIMITS)
    answers = solution(answer.assignment) | {answer.name: answer.source}
    verdict = judge(work, answers, boxes(work))
    failed = {check.name for check in verdict.checks if check.status != "passed"}
    assert failed == answer.fails
    plain = bank.run_checks(bank.load(answer.assignment), {answer.name: answer.source})
    # An answer that remembers calls is fresh in each check, and not in one process.
    for check in verdict.checks:
        if check.status == "failed" and check.answer == answer.name:
            assert check.public == bank.public_message(plain[check.name])


LOST = "def loss(weights, X, Y):\n    "


@pytest.mark.parametrize(
    ("source", "status"),
    [
        (LOST + "import os; os._exit(0)", "died"),
        ("import os; os._exit(0)", "died"),
        (LOST + "import ctypes; ctypes.string_at(0)", "died"),
        (LOST + "raise SystemExit", "error"),
        (LOST + "while True: pass", "timeout"),
        (LOST + "import time; time.sleep(1000)", "timeout"),
        ("import os\nos.kill(os.getppid(), 9)\n" + LOST + "return 0.0", "failed"),
        (LOST + "return input()", "error"),
        (LOST + "breakpoint()", "error"),
        ("def loss(:", "error"),
    ],
)
def test_an_answer_that_leaves_or_never_ends_costs_its_own_points_alone(source, status):
    work = task("linear_networks")
    verdict = judge(work, solution("linear_networks") | {"loss": source}, boxes(work))
    results = {check.name: check for check in verdict.checks}
    assert results["check_loss"].status == status
    assert results["check_loss"].public.startswith("loss: ")
    for other in ("forward", "gradients", "best_map_of_rank", "gradients_from_moments"):
        assert results[f"check_{other}"].status == "passed"
    after = judge(work, solution("linear_networks"), boxes(work))
    assert sum(check.earned for check in after.checks) == 16


def test_replies_that_nobody_asked_for_are_no_verdict():
    forged = """
import gc, socket
def loss(weights, X, Y):
    for found in gc.get_objects():
        if isinstance(found, socket.socket):
            found.send(b"\\x00\\x00\\x00\\x16R" + b'{"status": "passed"}' + b" ")
    return 1.0
"""
    work = task("linear_networks")
    verdict = judge(work, solution("linear_networks") | {"loss": forged}, boxes(work))
    results = {check.name: check.status for check in verdict.checks}
    assert results["check_loss"] == "died"
    assert results["check_gradients"] == "passed"


def test_what_an_answer_changes_in_its_process_does_not_reach_the_checks():
    patched = """
import numpy as np, course_utils.checks as checks, builtins
checks.Check.close = checks.Check.true = lambda *a, **k: None
np.allclose = builtins.abs = lambda *a, **k: True
def loss(weights, X, Y):
    return 7.0
"""
    work = task("linear_networks")
    verdict = judge(work, solution("linear_networks") | {"loss": patched}, boxes(work))
    assert {c.name: c.status for c in verdict.checks}["check_loss"] == "failed"


def test_nothing_is_left_for_the_next_submission():
    """Files, processes and changed modules end with the run that made them."""
    leaves = """
import os, sys
open("/tmp/left", "w").write("answer")
os.makedirs("/tmp/deep/er"); os.chmod("/tmp/deep", 0)
if os.fork() == 0:
    os.setsid()
    import time
    time.sleep(1000)
sys.modules["course_utils.checks"].left = True
def loss(weights, X, Y):
    return 0.0
"""
    looks = """
import os, sys
found = os.listdir("/tmp"), [p for p in os.listdir("/proc") if p.isdigit()]
def loss(weights, X, Y):
    left = hasattr(sys.modules["course_utils.checks"], "left")
    raise ValueError(f"{found[0]} {len(found[1])} {left}")
"""
    work = replace(task("linear_networks"), checks=task("linear_networks").checks[1:2])
    judge(work, {"loss": leaves}, boxes(work))
    verdict = judge(work, {"loss": looks}, boxes(work))
    assert verdict.checks[0].public.endswith("[] 2 False"), verdict.checks[0]


def test_a_name_that_is_not_defined_is_found():
    work = task("linear_networks")
    source = "def loss(weights, X, Y):\n    return helper(1)"
    verdict = judge(work, solution("linear_networks") | {"loss": source}, boxes(work))
    names = {c.name: undefined_name(c) for c in verdict.checks}
    assert names["check_loss"] == "helper"
    assert names["check_forward"] is None


def test_set_up_cells_that_fail_are_no_students_fault():
    work = replace(task("linear_networks"), setup=(Code("setup_1", "1 / 0"),))
    with pytest.raises(SandboxError, match=r"the set-up cells \(setup_1\) do not run here"):
        judge(work, solution("linear_networks"), boxes(work))
    whole = task("linear_networks")
    after = judge(whole, solution("linear_networks"), boxes(whole))
    assert sum(check.earned for check in after.checks) == 16


def test_a_warm_process_that_is_gone_is_a_fault_of_the_sandbox(monkeypatch):
    box = boxes(task("linear_networks"))[0]
    box.control.close()
    box.end(box.fork(LIMITS))  # a new one

    def gone(*_):
        raise BrokenPipeError

    monkeypatch.setattr(socket, "send_fds", gone)
    with pytest.raises(SandboxError, match="the sandbox ended"):
        box.fork(LIMITS)
    monkeypatch.undo()
    box.end(box.fork(LIMITS))
