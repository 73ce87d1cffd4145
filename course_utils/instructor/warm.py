"""The two sandboxes of a process, kept warm from one submission to the next."""

import atexit
import os
import threading

from course_utils.instructor.calibration import calibrated
from course_utils.instructor.sandbox import Role, Sandbox
from course_utils.instructor.task import Task

one_at_a_time = threading.Lock()
"""The threads of a Dask worker share the two sandboxes of their process."""

_warm: dict[tuple[Role, tuple[str, ...], bool], Sandbox] = {}
_calibrated: dict[tuple[Task, bool], Task] = {}


def boxes(task: Task, *, sandboxed: bool) -> tuple[Sandbox, Sandbox]:
    """Where the answers of a task run, and where its checks do."""
    return _box("answers", task.withheld, sandboxed), _box("checks", (), sandboxed)


def for_this_machine(task: Task, *, sandboxed: bool) -> Task:
    """The task with limits that its solution has set; that runs once in a process."""
    key = (task, sandboxed)
    if key not in _calibrated:
        _calibrated[key] = calibrated(task, boxes(task, sandboxed=sandboxed))
    return _calibrated[key]


def close() -> None:
    """End this process's sandboxes."""
    while _warm:
        _warm.popitem()[1].close()


def _box(role: Role, withheld: tuple[str, ...], sandboxed: bool) -> Sandbox:
    """The sandbox of this kind; one of the same role for another assignment makes room for it."""
    key = (role, withheld, sandboxed)
    if key not in _warm:
        if not _warm:
            atexit.register(close)
        for other in [other for other in _warm if other[0] == role]:
            _warm.pop(other).close()
        user = os.getpid() % 2000 * 2 + (role == "checks")
        _warm[key] = Sandbox(role, withheld=withheld, number=user, sandboxed=sandboxed)
    return _warm[key]
