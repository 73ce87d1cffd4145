"""One submission's answers, judged: test cells here, answers there, and this process between them.

The grader passes messages on and reads none that answers send; it imports neither torch nor NumPy.
Where the process of the answers dies or runs out of time, the check that was waiting fails, a fresh
process runs the cells again, and the other checks go on: an answer costs its own points alone.
"""

import json
import re
import select
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from course_utils.instructor.inside.frames import LARGEST, LENGTH, FrameError, send
from course_utils.instructor.record import CheckResult, Usage
from course_utils.instructor.sandbox import Child, Ended, Sandbox, SandboxError
from course_utils.instructor.task import Task

LOOK_EVERY = 0.2
"""Seconds between two looks at what a busy process has used."""


class _Lost(Exception):
    """The process of the answers has `died`, or its time is over: `timeout`."""


@dataclass(frozen=True)
class Verdict:
    """Results of all checks, and what the run cost."""

    checks: tuple[CheckResult, ...]
    usage: Usage


def judge(task: Task, answers: dict[str, str], boxes: tuple[Sandbox, Sandbox]) -> Verdict:
    """Run the checks of `task` on the sources of `answers`, by the name of their cell.

    `boxes` are the sandbox of the answers and that of the checks.
    """
    return _Run(task, answers, *boxes).verdict()


class _Run:
    def __init__(
        self, task: Task, answers: dict[str, str], answer_box: Sandbox, check_box: Sandbox
    ) -> None:
        self.task, self.answers = task, answers
        self.answer_box, self.check_box = answer_box, check_box
        self.child: Child | None = None
        self.cell_errors: dict[str, dict[str, Any]] = {}
        self.broken: set[str] = set()
        """Cells that ended the process; they are not run again."""
        self.ended: list[Ended] = []
        self.began, self.deadline = 0.0, 0.0
        """Of the check, or the cell, that is running: CPU before it, and when it has to be over."""

    def verdict(self) -> Verdict:
        begin, checks = time.monotonic(), self.check_box.fork(self.task.limits)
        try:
            start = {"setup": [vars(c) for c in self.task.setup], "names": list(self.task.names)}
            send(checks.connection, b"S" + json.dumps(start).encode())
            self._conduct(checks)
            results = tuple(self._check(checks, i) for i in range(len(self.task.checks)))
        finally:
            self.check_box.end(checks)
            self._end_answers()
        cpu, peak = sum(e.cpu for e in self.ended), max((e.peak for e in self.ended), default=0)
        wall, restarts = time.monotonic() - begin, max(0, len(self.ended) - 1)
        return Verdict(results, Usage(round(cpu, 3), round(wall, 3), peak, restarts))

    def _check(self, checks: Child, i: int) -> CheckResult:
        check = self.task.checks[i]
        begin = CheckResult(check.name, check.answer, check.points, 0, "error")
        if self._used() > self.task.limits.total:
            return replace(begin, status="timeout", public=f"{check.answer}: {_TIME_IS_OVER}")
        self._start_answers()
        self._begin()
        body = {"name": check.name, "source": check.source}
        send(checks.connection, b"T" + json.dumps(body).encode())
        result = self._conduct(checks)
        status = result["status"]
        if status == "passed":
            return replace(begin, status="passed", earned=check.points)
        public, values = result.get("public", ""), result.get("values", "")
        if status in ("died", "timeout"):
            public = _WHY[status]
        elif status != "failed" and (error := self.cell_errors.get(check.answer)):
            status, public, values = _of_cell(error)
        if status != "failed":
            public = f"{check.answer}: {public}"
        hidden = bool(result.get("hidden"))
        return replace(begin, status=status, public=public, values=values, hidden=hidden)

    def _conduct(self, checks: Child) -> dict[str, Any]:
        """Pass calls on until the checks' process has a result."""
        while True:
            message = _receive(checks, time.monotonic() + _CHECKS_MAY_TAKE, lambda: True)
            if message[:1] == b"R":
                return json.loads(message[1:])
            try:
                reply = self._ask_answers(message)
            except _Lost as lost:
                self._end_answers()
                reply = b"D" + str(lost).encode()
            send(checks.connection, reply)

    def _ask_answers(self, message: bytes) -> bytes:
        """One message to the process of the answers, and its reply, within the limits."""
        if self.child is None:
            raise _Lost("died")
        child, last = self.child, self.began + self.task.limits.check
        try:
            if select.select([child.connection], [], [], 0)[0]:
                raise FrameError("it spoke before it was asked")
            send(child.connection, message)
            reply = _receive(child, self.deadline, lambda: self.answer_box.cpu(child) < last)
            if reply[:1] not in _REPLIES[message[:1]]:
                raise FrameError("it gave what is no reply")
            return reply
        except TimeoutError:
            raise _Lost("timeout") from None
        except OSError:  # SandboxError and FrameError too
            raise _Lost("died") from None

    def _start_answers(self) -> None:
        """A process in which all cells have run that can be run; nothing if there is one."""
        while self.child is None:
            self.child = self.answer_box.fork(self.task.limits)
            for cell in (*self.task.setup, *self.task.answer_cells):
                if cell.name in self.broken:
                    continue
                self._begin()
                source = self.answers.get(cell.name, cell.source)
                body = {"name": cell.name, "source": source}
                try:
                    reply = self._ask_answers(b"R" + json.dumps(body).encode())
                    self._cpu()
                except _Lost as lost:
                    self._end_answers()
                    self.broken.add(cell.name)
                    self.cell_errors[cell.name] = {"lost": str(lost)}
                    break
                if reply[:1] == b"E":
                    with suppress(ValueError):
                        self.cell_errors[cell.name] = dict(json.loads(reply[1:]))

    def _begin(self) -> None:
        """A check, or a cell, starts now."""
        with suppress(_Lost):  # who asks next will be told
            self.began = self._cpu()
        self.deadline = time.monotonic() + self.task.limits.patience * self.task.limits.check

    def _end_answers(self) -> None:
        if self.child is not None:
            self.ended.append(self.answer_box.end(self.child))
            self.child = None

    def _used(self) -> float:
        try:
            running = self._cpu()
        except _Lost:  # an answer has killed what watches it, and the check was over
            self._end_answers()
            running = 0.0
        return running + sum(ended.cpu for ended in self.ended)

    def _cpu(self) -> float:
        """Seconds of the answers' process; _Lost if there is nobody left to ask."""
        try:
            return self.answer_box.cpu(self.child) if self.child else 0.0
        except SandboxError:
            raise _Lost("died") from None


_REPLIES = {b"R": (b"O", b"E"), b"C": (b"A",)}
_CHECKS_MAY_TAKE = 60.0
"""Seconds of a check's own code between two calls; it runs no student code."""
_TIME_IS_OVER = "the time for the whole notebook is over"
_WHY = {
    "died": "it ended the process that ran it (exit, crash, too much memory)",
    "timeout": "it takes too long: is there a loop that never ends?",
}


def _of_cell(error: dict[str, Any]) -> tuple[Any, str, str]:
    """Status, public text and text for staff of an error that running the cell itself gave."""
    if "lost" in error:
        return error["lost"], f"running its cell: {_WHY[error['lost']]}", ""
    kind, text = str(error.get("kind"))[:80], str(error.get("text"))[:2000]
    if kind == "NotImplementedError":
        return "missing", "it is not written yet", ""
    where = f", line {error['line']}" if isinstance(error.get("line"), int) else ""
    return "error", f"its cell raised {kind}{where}: {text}", str(error.get("trace"))[:8000]


def undefined_name(result: CheckResult) -> str | None:
    """The name that was not defined, where that is why the check did not pass."""
    found = re.search(r"NameError\b.*?name '(\w+)' is not defined", result.public + result.values)
    return found[1] if found else None


def _receive(child: Child, deadline: float, goes_on: Callable[[], bool]) -> bytes:
    """The next message; TimeoutError once `goes_on` says no, or after the deadline.

    FrameError where the process has left or sends what is no message.
    """
    data, wanted = bytearray(), LENGTH.size
    while len(data) < wanted:
        if not select.select([child.connection], [], [], LOOK_EVERY)[0]:
            if time.monotonic() > deadline or not goes_on():
                raise TimeoutError
            continue
        part = child.connection.recv(min(wanted - len(data), 2**20))
        if not part:
            raise FrameError("the other side has left")
        data += part
        if len(data) == LENGTH.size and wanted == LENGTH.size:
            (length,) = LENGTH.unpack(data)
            if length > LARGEST:
                raise FrameError(f"a message of {length} bytes")
            wanted += length
    return bytes(data[LENGTH.size :])
