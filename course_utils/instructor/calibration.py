"""Limits that fit this machine: the reference solution runs first and says how fast it is.

So a right answer does not fail on a slow machine, and an endless loop costs no more than it has to.
Where the solution itself does not pass, something is wrong with the machine or the assignment, and
nobody is graded.
"""

from dataclasses import replace

from course_utils.instructor.sandbox import Sandbox
from course_utils.instructor.task import Task
from course_utils.instructor.verdict import judge

PATIENT = 60.0
"""How many times the usual limits the solution may take."""


class SolutionFails(Exception):
    """The solution does not pass on this machine; the message says which check, and why."""


def calibrated(task: Task, boxes: tuple[Sandbox, Sandbox]) -> Task:
    """The task with CPU budgets for this machine; SolutionFails if a check does not pass."""
    given = task.limits
    generous = replace(given, check=PATIENT * given.check, total=PATIENT * given.total)
    verdict = judge(
        replace(task, limits=generous), {cell.name: cell.source for cell in task.solution}, boxes
    )
    for check in verdict.checks:
        if check.status != "passed":
            last = check.values.strip().splitlines()[-1:]
            said = " ".join([*check.public.split(), *last])
            raise SolutionFails(f"the solution does not pass {check.name} here: {said}")
    return replace(task, limits=given.calibrated(verdict.costs))
