"""A warm process within the sandbox: it imports once and forks a child for each submission.

`python -m course_utils.instructor.inside.zygote FD ROLE` speaks with the grader over the socket FD,
one JSON object a line:

    {"fork": {...}} + the child's end of a socket      -> {"pid": ...}
    {"usage": pid}                                     -> {"cpu": seconds}
    {"end": pid}     kills and removes all it left     -> {"cpu": ..., "peak": ..., "clean": ...}

The limits of a child are set after the fork, and it cannot trace the zygote: that is not dumpable.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import shutil
import signal
import socket
import sys
import time
import types
from typing import Any

WARM = ("numpy", "torch", "torch._dynamo", "scipy.integrate", "scipy.special", "matplotlib.pyplot")
PR_SET_DUMPABLE = 4
TICKS = os.sysconf("SC_CLK_TCK")


def main(descriptor: int, role: str) -> None:
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    start = json.loads(_line(control))
    _warm(role, start)
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    _reply(control, {"ready": True})
    while True:
        data, descriptors, *_ = socket.recv_fds(control, 2**16, 1)
        if not data:
            return
        request = json.loads(data)
        if "fork" in request:
            _reply(control, {"pid": _fork(control, descriptors[0], role, request["fork"])})
        elif "usage" in request:
            _reply(control, {"cpu": _cpu(request["usage"])})
        else:
            _reply(control, _end(request["end"]))


def _warm(role: str, start: dict[str, Any]) -> None:
    """Import what submissions use; modules that answers may not import are made out of sight."""
    for name in (*WARM, *start["imports"]):
        importlib.import_module(name)
    objects = importlib.import_module("course_utils.instructor.inside.objects")
    importlib.import_module(f"course_utils.instructor.inside.{role}")
    for name, source in start["private"].items():
        module = types.ModuleType(name)
        exec(compile(source, name, "exec"), module.__dict__)
        objects.private[name] = module
    _empty("/tmp")  # the caches of what was imported


def _fork(control: socket.socket, descriptor: int, role: str, limits: dict[str, int]) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    try:
        control.close()
        os.setsid()
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        connection = socket.socket(fileno=descriptor)
        module = importlib.import_module(f"course_utils.instructor.inside.{role}")
        if role == "answers":
            module.Answers().serve(connection)
        else:
            module.Checks(connection).serve()
    finally:
        os._exit(0)


def _cpu(pid: int) -> float:
    """Seconds of the child and of those it has waited for, so far."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def _end(pid: int) -> dict[str, Any]:
    """Kill whatever is left in the sandbox, and say what the child has cost."""
    status, usage = 0, None
    for _ in range(100):
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1, signal.SIGKILL)  # all but this process and the first of the sandbox
        try:
            while True:
                done, code, used = os.wait4(-1, os.WNOHANG)
                if not done:
                    break
                if done == pid:
                    status, usage = code, used
        except ChildProcessError:
            break
        time.sleep(0.002)
    clean = usage is not None and _empty("/tmp") and _empty("/dev/shm")
    if usage is None:
        return {"cpu": 0.0, "peak": 0, "exit": status, "clean": clean}
    cpu = usage.ru_utime + usage.ru_stime
    return {"cpu": cpu, "peak": usage.ru_maxrss * 1024, "exit": status, "clean": clean}


def _empty(folder: str) -> bool:
    """Remove what a submission wrote; False if something is left, for the next one to find."""
    for entry in os.scandir(folder):
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                os.unlink(entry.path)
    return not os.listdir(folder)


def _line(control: socket.socket) -> bytes:
    data = b""
    while not data.endswith(b"\n"):
        data += control.recv(2**20)
    return data


def _reply(control: socket.socket, answer: dict[str, Any]) -> None:
    control.sendall(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
