"""Where student code runs: bubblewrap, an unprivileged user, no network, next to nothing to see.

A sandbox holds a warm process that forks a child for each submission (`inside/zygote.py`). Two
are needed: one where answers run, one where their checks run. `view` says what is there inside.
"""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal

from course_utils.instructor.view import (
    SandboxError,
    environment,
    private_sources,
    python_inside,
    visible_rooms,
    wrapped,
)

Role = Literal["answers", "checks"]
FIRST_UID = 61_000
"""Users without a name or a home, one for each sandbox, if the grader itself runs as root."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times are seconds of CPU; a wall clock of some times as much
    stops what waits without computing."""

    check: float = 5.0
    """CPU of the answers during one check, and of one cell that is run: at least so much."""
    total: float = 60.0
    """CPU of the answers in all, at least; each check runs all cells anew."""
    slower: float = 50.0
    """How many times as much as the solution takes on this machine an answer may take."""
    patience: float = 6.0
    """How many times its CPU budget a check may last by the wall clock."""
    memory: int = 4 * 2**30
    """Bytes of data of one process, and of all that its processes hold together."""
    processes: int = 64
    """Processes and threads of the sandbox's user."""
    file: int = 64 * 2**20
    """Bytes of one file, and of all in /tmp."""

    def calibrated(self, costs: Sequence[float]) -> "Limits":
        """With budgets for a machine on which the solution's checks cost so many seconds each."""
        return replace(
            self,
            check=max(self.check, self.slower * max(costs)),
            total=max(self.total, self.slower * sum(costs)),
        )

    def of_process(self) -> dict[str, int]:
        """By resource, for `setrlimit`."""
        return {
            "CPU": int(self.total) + 2,
            "DATA": self.memory,
            "NPROC": self.processes,
            "FSIZE": self.file,
            "NOFILE": 256,
            "CORE": 0,
        }


LIMITS = Limits()
STARTS_IN, ANSWERS_IN, ENDS_IN = 300.0, 30.0, 10.0
"""Seconds until the warm process is taken for broken: as it starts, later, and when killed."""


def limits_of(course: dict[str, Any]) -> Limits:
    """The limits that an assignment's `course:` block sets under `limits:`; the rest as usual."""
    given, known = course.get("limits", {}), {field.name: field.type for field in fields(Limits)}
    if not isinstance(given, dict):
        raise ValueError(f"limits: {given!r}: give names and numbers, such as {{check: 20}}")
    if unknown := set(given) - set(known):
        raise ValueError(f"limits: {sorted(unknown)}: there are {sorted(known)}")
    for name, value in given.items():
        kinds, what = (
            ((int,), "a whole number") if known[name] is int else ((int, float), "a number")
        )
        if type(value) not in kinds or not 0 < value < float("inf"):
            raise ValueError(f"limits: {name}={value!r}: give {what} above 0")
    return Limits(**(asdict(LIMITS) | given))


@dataclass(frozen=True)
class Child:
    """The process of one submission; frames go over `connection`."""

    pid: int
    """Within the sandbox."""
    connection: socket.socket


@dataclass(frozen=True)
class Used:
    """What all processes of a child use: seconds so far, bytes now."""

    cpu: float
    memory: int


@dataclass(frozen=True)
class Ended:
    """What a child has cost: seconds, bytes, and the status of its end."""

    cpu: float
    peak: int
    exit: int


class Sandbox:
    """A warm process and its children, one at a time. `number` keeps the users of two apart."""

    def __init__(
        self, role: Role, *, withheld: tuple[str, ...] = (), number: int = 0, sandboxed: bool = True
    ) -> None:
        self.role, self.withheld, self.sandboxed = role, withheld, sandboxed
        self.uid = FIRST_UID + number
        self._start()

    def _start(self) -> None:
        python = python_inside() if self.sandboxed else sys.executable
        command = [*self._view(), python] if self.sandboxed else [python]
        command += ["-s", "-m", "course_utils.instructor.inside.zygote"]
        ours, theirs = socket.socketpair()
        command += [str(theirs.fileno()), self.role]
        settings: dict[str, Any] = {"env": environment(), "stdin": subprocess.DEVNULL}
        settings |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], **settings)
        theirs.close()
        self.control = ours
        private = {} if self.role == "checks" else private_sources(self.withheld)
        imports = sorted(f"course_utils.{name}" for name in visible_rooms(self.withheld))
        self.control.settimeout(STARTS_IN)
        self._ask({"imports": imports, "private": private, "alone": self.sandboxed})
        self.control.settimeout(ANSWERS_IN)

    def fork(self, limits: Limits) -> Child:
        """A fresh process, for one submission; of a new warm one, if that is needed."""
        try:
            return self._fork(limits)
        except SandboxError:
            self._restart()
            return self._fork(limits)

    def usage(self, child: Child) -> Used:
        """What the child and its children use."""
        return Used(**self._ask({"usage": child.pid}))

    def end(self, child: Child) -> Ended:
        """Kill the child and all that it has left behind."""
        child.connection.close()
        try:
            answer = self._ask({"end": child.pid})
        except SandboxError:  # the child has killed its parent, or worse
            self._restart()
            return Ended(0.0, 0, -signal.SIGKILL)
        if not answer.pop("clean"):
            self._restart()
        return Ended(**answer)

    def close(self) -> None:
        """End all processes of the sandbox; the kernel takes the rest with the first of them."""
        self.control.close()
        self._kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()

    def _fork(self, limits: Limits) -> Child:
        ours, theirs = socket.socketpair()
        request = json.dumps({"fork": limits.of_process()}).encode()
        with theirs:
            try:
                socket.send_fds(self.control, [request], [theirs.fileno()])
                return Child(self._answer()["pid"], ours)
            except SandboxError:
                ours.close()
                raise
            except OSError:
                ours.close()
                raise SandboxError(self._last_words()) from None

    def _kill(self) -> None:
        """As root we run it as another user, whom bubblewrap, without rights, cannot end."""
        with suppress(OSError):
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
            for pid in map(int, children.read_text().split()):
                os.kill(pid, signal.SIGKILL)
        self.process.kill()

    def _restart(self) -> None:
        self.close()
        self._start()

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            self.control.sendall(json.dumps(request).encode() + b"\n")
        except OSError:
            raise SandboxError(self._last_words()) from None
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        data = b""
        while not data.endswith(b"\n"):
            try:
                part = self.control.recv(2**16)
            except OSError:
                part = b""
            if not part:
                raise SandboxError(self._last_words())
            data += part
        return json.loads(data)

    def _last_words(self) -> str:
        self._kill()
        said = b""
        if self.process.stderr and not self.process.stderr.closed:
            with suppress(subprocess.TimeoutExpired):  # somebody still holds its end
                said = self.process.communicate(timeout=ENDS_IN)[1]
        self.close()
        words = said.decode(errors="replace").strip().splitlines()
        return f"the sandbox ended: {words[-1] if words else 'it said nothing'}"

    def _view(self) -> list[str]:
        withheld = self.withheld if self.role == "answers" else ()
        return wrapped(withheld, uid=self.uid, size=LIMITS.file)
