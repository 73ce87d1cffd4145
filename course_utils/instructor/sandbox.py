"""Where student code runs: bubblewrap, an unprivileged user, no network, next to nothing to see.

A sandbox holds a warm process that forks a child for each submission (`inside/zygote.py`). Two
are needed: one where answers run, one where their checks run. Inside are the Python that runs this,
read-only, the parts of the course that answers may import, and a small /tmp. There are no other
files of the course, no other processes, no environment.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal

import course_utils

Role = Literal["answers", "checks"]
PACKAGE = Path(course_utils.__file__).parent
COURSE, ENVIRONMENT = Path("/course"), Path("/environment")
"""Where the package and this Python's environment lie inside, wherever they are outside."""
FIRST_UID = 61_000
"""Users without a name or a home, one for each sandbox, if the grader itself runs as root."""
KEPT = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
"""Variables that pass: they describe the processor."""
ARGUMENTS = ("course_utils.models.fully_connected", "course_utils.models.particles")
"""Modules whose objects checks may give to answers that may not import them."""


class SandboxError(OSError):
    """The sandbox cannot start, or has broken down."""


@dataclass(frozen=True)
class Limits:
    """What one submission may use. Times are seconds of CPU; a wall clock of some times as much
    stops what waits without computing."""

    check: float = 10.0
    """CPU of the answers during one check, and of one cell that is run."""
    total: float = 120.0
    """CPU of the answers in all; each check runs all cells anew."""
    patience: float = 6.0
    """How many times its CPU budget a check may last by the wall clock."""
    memory: int = 4 * 2**30
    """Bytes of data of one process, and of all that its processes hold together."""
    processes: int = 64
    """Processes and threads of the sandbox's user."""
    file: int = 64 * 2**20
    """Bytes of one file, and of all in /tmp."""

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
STARTS_IN, ANSWERS_IN = 300.0, 30.0
"""Seconds until the warm process is taken for broken: as it starts, and later."""


def limits_of(course: dict[str, Any]) -> Limits:
    """The limits that an assignment's `course:` block sets under `limits:`; the rest as usual."""
    given, known = course.get("limits", {}), {field.name for field in fields(Limits)}
    if unknown := set(given) - known:
        raise ValueError(f"limits: {sorted(unknown)}: there are {sorted(known)}")
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
        ours, theirs = socket.socketpair()
        python = _python_inside() if self.sandboxed else sys.executable
        entry = [python, "-s", "-m", "course_utils.instructor.inside.zygote"]
        entry += [str(theirs.fileno()), self.role]
        command = self._command() + entry if self.sandboxed else entry
        settings: dict[str, Any] = {"env": _environment(), "stdin": subprocess.DEVNULL}
        settings |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], **settings)
        theirs.close()
        self.control = ours
        private = {} if self.role == "checks" else _private(self.withheld)
        imports = sorted(f"course_utils.{name}" for name in _visible_rooms(self.withheld))
        self.control.settimeout(STARTS_IN)
        self._ask({"imports": imports, "private": private, "alone": self.sandboxed})
        self.control.settimeout(ANSWERS_IN)

    def fork(self, limits: Limits) -> Child:
        """A fresh process, for one submission."""
        ours, theirs = socket.socketpair()
        request = json.dumps({"fork": limits.of_process()}).encode()
        try:
            socket.send_fds(self.control, [request], [theirs.fileno()])
            answer = self._answer()
        except OSError:
            self._restart()
            socket.send_fds(self.control, [request], [theirs.fileno()])
            answer = self._answer()
        theirs.close()
        return Child(answer["pid"], ours)

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
        self.process.kill()
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()

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
        self.process.kill()
        stderr = self.process.stderr
        said = stderr.read().decode(errors="replace") if stderr and not stderr.closed else ""
        self.close()
        words = said.strip().splitlines()
        return f"the sandbox ended: {words[-1] if words else 'it said nothing'}"

    def _command(self) -> list[str]:
        """bubblewrap with what is visible inside, up to the command that runs there."""
        bwrap = bubblewrap()
        root = os.geteuid() == 0
        command = [bwrap, "--die-with-parent", "--new-session", "--unshare-ipc", "--unshare-pid"]
        command += ["--as-pid-1"]  # no signal from inside reaches it, and orphans come to it
        command += ["--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--cap-drop", "ALL"]
        if not root:
            command += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
        command += _view(self.withheld if self.role == "answers" else ())
        if root:
            command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
            command += ["--cap-add", "CAP_SETPCAP", "--", "setpriv", f"--reuid={self.uid}"]
            command += [f"--regid={self.uid}", "--clear-groups", "--no-new-privs"]
            command += ["--bounding-set=-all", "--inh-caps=-all"]
        return [*command, "--"]


def bubblewrap() -> str:
    """Where it is; SandboxError with the remedy if it is missing."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxError(
            "bubblewrap is missing: apt-get install bubblewrap (or --no-sandbox, for submissions "
            "that you trust)"
        )
    return bwrap


def _view(withheld: tuple[str, ...]) -> list[str]:
    """Mounts: the system's libraries and this Python read-only, the course's visible parts."""
    places = [("/usr", "/usr"), *((str(source), str(place)) for source, place in _pythons())]
    places += [
        (str(path), str(COURSE / path.relative_to(PACKAGE.parent))) for path in _parts(withheld)
    ]
    mounts = ["--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib"]
    mounts += ["--symlink", "usr/lib64", "/lib64", "--symlink", "usr/sbin", "/sbin"]
    mounts += ["--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache"]
    made: set[Path] = set()
    for source, target in places:
        for parent in reversed(Path(target).parents[:-1]):  # bubblewrap's own are for root alone
            if parent not in made:
                mounts += ["--perms", "0755", "--dir", str(parent)]
                made.add(parent)
        mounts += ["--ro-bind", source, target]
    if PACKAGE.is_relative_to(sys.prefix):  # not editable: the whole course lies in there
        home = ENVIRONMENT if _in_environment() else Path(sys.prefix)
        mounts += ["--tmpfs", str(home / PACKAGE.relative_to(sys.prefix))]
    size = str(LIMITS.file)
    mounts += ["--proc", "/proc", "--dev", "/dev"]
    for folder in ("/tmp", "/dev/shm"):
        mounts += ["--perms", "1777", "--size", size, "--tmpfs", folder]
    mounts += ["--remount-ro", "/dev", "--remount-ro", "/"]  # they are the user's own
    return [*mounts, "--chdir", "/tmp"]


def _pythons() -> list[tuple[Path, Path]]:
    """The folders of this Python outside /usr, in their places, and that of its environment."""
    bases = {Path(p).resolve() for p in (sys.base_prefix, sys.base_exec_prefix)}
    if hidden := [p for p in bases if p.is_relative_to("/tmp")]:
        raise SandboxError(f"Python lies in {hidden[0]}, and /tmp is private inside: move it")
    places = [(p, p) for p in sorted(bases) if not p.is_relative_to("/usr")]
    return [*places, (Path(sys.prefix), ENVIRONMENT)] if _in_environment() else places


def _in_environment() -> bool:
    return sys.prefix != sys.base_prefix


def _python_inside() -> str:
    """The interpreter by its path inside."""
    if not _in_environment():
        return sys.executable
    return str(ENVIRONMENT / Path(sys.executable).relative_to(sys.prefix))


def _parts(withheld: tuple[str, ...]) -> list[Path]:
    """Files and folders of the package that are visible inside."""
    hidden = {"instructor", "__pycache__", *withheld}
    visible = [path for path in sorted(PACKAGE.iterdir()) if path.stem not in hidden]
    return [*visible, PACKAGE / "instructor" / "__init__.py", PACKAGE / "instructor" / "inside"]


def _visible_rooms(withheld: tuple[str, ...]) -> list[str]:
    return [path.stem for path in _parts(withheld) if path.is_dir() and path.stem != "inside"]


def _private(withheld: tuple[str, ...]) -> dict[str, str]:
    """Sources of the modules of which answers are given objects, but which they may not import."""
    hidden = [name for name in ARGUMENTS if name.split(".")[1] in withheld]
    if "data" in withheld:
        hidden += ["course_utils.data.regression", "course_utils.data.landscapes"]
    return {
        name: (PACKAGE.parent / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        for name in hidden
    }


def _environment() -> dict[str, str]:
    """All that a process inside sees of it."""
    return {
        **{name: os.environ[name] for name in KEPT if name in os.environ},
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(COURSE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "ignore",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",
    }
