"""One submission's answers, judged: test cells here, answers there, and this process between them.

The grader passes messages on and reads none that answers send; it imports neither torch nor NumPy.
Each check has a process of the answers to itself, in which all cells run first: what a hidden test
has shown to an answer ends with it, so that no later message can tell. Where the process dies or
runs out of time, its check fails and the others go on: an answer costs its own points alone.
"""

import builtins
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
from course_utils.instructor.sandbox import Child, Ended, Sandbox, Used
from course_utils.instructor.task import Code, Task, Test
from course_utils.instructor.view import SandboxError

LOOK_EVERY = 0.2
"""Seconds between two looks at what a busy process has used."""


class _Lost(Exception):
    """The process of the answers has `died`, or its time is over: `timeout`."""


class _ChecksLost(Exception):
    """The process of the checks did not survive what it was given."""


@dataclass(frozen=True)
class Verdict:
    """Results of all checks, and what the run cost."""

    checks: tuple[CheckResult, ...]
    usage: Usage
    costs: tuple[float, ...]
    """CPU seconds of the processes of the answers, one after the other."""


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
        self.restarts = 0
        self.began, self.deadline = 0.0, 0.0
        """Of the check, or the cell, that is running: CPU before it, and when it has to be over."""
        self.waited = 0.0
        """Seconds by the wall clock for the answers' replies."""

    def verdict(self) -> Verdict:
        begin = time.monotonic()
        self._start_checks()
        try:
            results = tuple(self._check(test) for test in self.task.checks)
        finally:
            self.check_box.end(self.checks)
            self._end_answers()
        cpu, peak = sum(e.cpu for e in self.ended), max((e.peak for e in self.ended), default=0)
        wall = round(time.monotonic() - begin, 3)
        usage = Usage(round(cpu, 3), wall, peak, self.restarts)
        return Verdict(results, usage, tuple(ended.cpu for ended in self.ended))

    def _check(self, check: Test) -> CheckResult:
        begin = CheckResult(check.name, check.answer, check.points, 0, "error")
        self._start_answers()
        if self._time_is_over():
            return replace(begin, status="timeout", public=f"{check.answer}: {_TIME_IS_OVER}")
        self._begin()
        body = {"name": check.name, "source": check.source}
        try:
            result = self._conduct(b"T" + json.dumps(body).encode())
        except _ChecksLost:
            self.check_box.end(self.checks)
            self._start_checks()
            return replace(begin, public=f"{check.answer}: {_CHECKS_LOST}", hidden=True)
        finally:
            self._end_answers()
        status = result["status"]
        if status == "passed":
            return replace(begin, status="passed", earned=check.points)
        public, values = _clean(result.get("public", "")), _clean(result.get("values", ""))
        if status in ("died", "timeout"):
            public = _WHY[status]
        elif status != "failed" and (error := self.cell_errors.get(check.answer)):
            own = replace(begin, public=public, values=values)
            if "lost" in error or status == "missing" or undefined_name(own):
                status, public, values = _of_cell(error)
        if status != "failed":
            public = f"{check.answer}: {public}"
        hidden = bool(result.get("hidden"))
        return replace(begin, status=status, public=public, values=values, hidden=hidden)

    def _start_checks(self) -> None:
        """SandboxError where the set-up cells end the process: that is no student's fault."""
        self.checks = self.check_box.fork(self.task.limits)
        start = {"setup": [vars(c) for c in self.task.setup], "names": list(self.task.names)}
        try:
            self._conduct(b"S" + json.dumps(start).encode())
        except _ChecksLost:
            self.check_box.end(self.checks)
            names = ", ".join(cell.name for cell in self.task.setup)
            raise SandboxError(f"the set-up cells ({names}) do not run here") from None

    def _conduct(self, request: bytes) -> dict[str, Any]:
        """Ask the checks' process, and pass its calls on until it has a result."""
        while True:
            try:
                send(self.checks.connection, request)
                message = _receive(self.checks, time.monotonic() + _CHECKS_MAY_TAKE, lambda: True)
            except OSError:
                raise _ChecksLost from None
            if message[:1] == b"R":
                return json.loads(message[1:])
            try:
                request = self._ask_answers(message)
            except _Lost as lost:
                self._end_answers(lost)
                request = b"D" + str(lost).encode()

    def _ask_answers(self, message: bytes) -> bytes:
        """One message to the process of the answers, and its reply, within the limits."""
        if self.child is None:
            raise _Lost("died")
        child, begin = self.child, time.monotonic()
        try:
            if select.select([child.connection], [], [], 0)[0]:
                raise FrameError("it spoke before it was asked")
            child.connection.settimeout(max(LOOK_EVERY, self.deadline - time.monotonic()))
            send(child.connection, message)
            reply = _receive(child, self.deadline, lambda: self._may_go_on(child))
            if reply[:1] not in _REPLIES[message[:1]]:
                raise FrameError("it gave what is no reply")
            return reply
        except TimeoutError:
            raise _Lost("timeout") from None
        except OSError:  # SandboxError and FrameError too
            raise _Lost("died") from None
        finally:
            self.waited += time.monotonic() - begin

    def _may_go_on(self, child: Child) -> bool:
        used = self.answer_box.usage(child)
        if used.memory > self.task.limits.memory:
            raise _Lost("died")
        return used.cpu < self.began + self.task.limits.check

    def _start_answers(self) -> None:
        """A process in which all cells have run that can be run; none if the time is over."""
        while self.child is None and not self._time_is_over():
            self.child = self.answer_box.fork(self.task.limits)
            try:
                for cell in self.task.setup:
                    self._run_cell(cell)
            except _Lost as lost:  # no student's fault
                self._end_answers()
                raise SandboxError(f"set-up cell {cell.name!r}: its process {lost}") from None
            for cell in self.task.answer_cells:
                if cell.name in self.broken:
                    continue
                source = self.answers.get(cell.name, cell.source)
                try:
                    error = self._run_cell(Code(cell.name, source))
                except _Lost as lost:
                    self._end_answers(lost)
                    self.broken.add(cell.name)
                    self.cell_errors[cell.name] = {"lost": str(lost)}
                    break
                if error:
                    self.cell_errors.setdefault(cell.name, error)

    def _run_cell(self, cell: Code) -> dict[str, Any] | None:
        """The error that it raised, if it did."""
        self._begin()
        reply = self._ask_answers(b"R" + json.dumps(vars(cell)).encode())
        return _error_in(reply[1:]) if reply[:1] == b"E" else None

    def _begin(self) -> None:
        """A check, or a cell, starts now."""
        self.began = self._used().cpu
        self.deadline = time.monotonic() + self.task.limits.patience * self.task.limits.check

    def _end_answers(self, lost: _Lost | None = None) -> None:
        if self.child is not None:
            self.ended.append(self.answer_box.end(self.child))
            self.child, self.restarts = None, self.restarts + (lost is not None)

    def _time_is_over(self) -> bool:
        used = sum(ended.cpu for ended in self.ended) + self._used().cpu
        limits = self.task.limits
        return used > limits.total or self.waited > limits.patience * limits.total

    def _used(self) -> Used:
        """What the answers' process uses; nothing if there is none, or nobody left to ask."""
        with suppress(SandboxError):  # who asks the process next will be told
            if self.child:
                return self.answer_box.usage(self.child)
        return Used(0.0, 0)


_REPLIES = {b"R": (b"O", b"E"), b"C": (b"A",)}
_CHECKS_MAY_TAKE = 60.0
"""Seconds of a check's own code between two calls; it runs no student code."""
_CHECKS_LOST = "the check could not be finished with what it gave"
_TIME_IS_OVER = "the time for the whole notebook is over"
_WHY = {
    "died": "it ended the process that ran it (exit, crash, too much memory)",
    "timeout": "it takes too long: is there a loop that never ends?",
}


_LONGEST_ERROR = 2**17
"""Bytes of a reply that says what a cell raised."""


def _error_in(reply: bytes) -> dict[str, Any]:
    """What a cell raised, in the words of a process that may say anything."""
    said: Any = None
    with suppress(ValueError, RecursionError):
        said = json.loads(reply) if len(reply) <= _LONGEST_ERROR else None
    said = said if type(said) is dict else {}
    kind, line = said.get("kind"), said.get("line")
    named = type(kind) is str and isinstance(getattr(builtins, kind, None), type)
    return {
        "kind": kind if named else "Exception",
        "line": line if type(line) is int and 0 < line < 1000 else None,
        "text": _clean(said.get("text"))[:2000],
        "trace": _clean(said.get("trace"))[:8000],
    }


def _of_cell(error: dict[str, Any]) -> tuple[Any, str, str]:
    """Status, public text and text for staff of an error that running the cell itself gave."""
    if "lost" in error:
        return error["lost"], f"running its cell: {_WHY[error['lost']]}", ""
    if error["kind"] == "NotImplementedError":
        return "missing", "it is not written yet", ""
    where = f", line {error['line']}" if error["line"] else ""
    return "error", f"its cell raised {error['kind']}{where}: {error['text']}", error["trace"]


def _clean(text: Any) -> str:
    """Text that every file and terminal can hold; empty if it is none."""
    text = text if type(text) is str else ""
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def undefined_name(result: CheckResult) -> str | None:
    """The name that was not defined, where that is why the check did not pass."""
    found = re.search(r"NameError\b.*?name '(\w+)' is not defined", result.public + result.values)
    return found[1] if found else None


def _receive(child: Child, deadline: float, goes_on: Callable[[], bool]) -> bytes:
    """The next message; TimeoutError once `goes_on` says no, or after the deadline.

    FrameError where the process has left or sends what is no message.
    """
    data, wanted, look = bytearray(), LENGTH.size, time.monotonic() + LOOK_EVERY
    while len(data) < wanted:
        ready = select.select([child.connection], [], [], LOOK_EVERY)[0]
        if (now := time.monotonic()) > look:  # also while it goes on sending
            look = now + LOOK_EVERY
            if now > deadline or not goes_on():
                raise TimeoutError
        if not ready:
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
