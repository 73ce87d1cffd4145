"""Warm sandboxes for tests, shared within a test process, and tasks with tight limits."""

import atexit
import os
from dataclasses import replace

from course_utils.instructor.sandbox import Limits, Sandbox
from course_utils.instructor.task import Task, task_of
from tests import bank

QUICK = Limits(check=2.0, total=20.0, patience=3.0)
_warm: dict[tuple[str, ...], Sandbox] = {}


def boxes(task: Task) -> tuple[Sandbox, Sandbox]:
    """The sandboxes of answers and checks for a task."""
    keys = ("answers", *sorted(task.withheld)), ("checks",)
    for number, key in enumerate(keys):
        if key not in _warm:
            if not _warm:
                atexit.register(close)
            user = os.getpid() % 400 * 10 + len(_warm)
            withheld = () if number else task.withheld
            _warm[key] = Sandbox("checks" if number else "answers", withheld=withheld, number=user)
    return _warm[keys[0]], _warm[keys[1]]


def close() -> None:
    while _warm:
        _warm.popitem()[1].close()


def task(assignment: str, *, limits: Limits = QUICK) -> Task:
    return replace(task_of(bank.load(assignment)), limits=limits)


def solution(assignment: str) -> dict[str, str]:
    """The sources of all answer cells, solved."""
    return {c.name: c.source for c in bank.load(assignment).cells if c.role == "exercise"}
