"""A warm process within the sandbox: it imports once and forks a child for each submission.

`python -m course_utils.instructor.inside.zygote FD ROLE` speaks with the grader over the socket FD,
one JSON object a line:

    {"fork": {...}} + the child's end of a socket      -> {"pid": ...}
    {"usage": pid}                                     -> {"cpu": seconds, "memory": bytes}
    {"end": pid}     kills and removes all it left     -> {"cpu": ..., "peak": ..., "clean": ...}

The limits of a child are set after the fork. It cannot trace the zygote, which is not dumpable, nor
send it signals (`guard`). Processes that it leaves behind become children of the zygote.
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

from course_utils.instructor.inside import guard

WARM = ("numpy", "torch", "torch._dynamo", "scipy.integrate", "scipy.special", "matplotlib.pyplot")
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_CHILD_SUBREAPER = 1, 4, 36
TICKS, PAGE = os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")


def main(descriptor: int, role: str) -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)  # setpriv has cleared it
    control = socket.socket(fileno=descriptor)
    control.set_inheritable(False)
    start = json.loads(_line(control))
    _warm(role, start)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("900")  # where memory runs out, the kernel shall begin here
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    _reply(control, {"ready": True})
    while True:
        data, descriptors, *_ = socket.recv_fds(control, 2**16, 1)
        if not data:
            os._exit(0)  # leaving in order takes seconds
        request = json.loads(data)
        if "fork" in request:
            _reply(
                control,
                {
                    "pid": _fork(
                        control, descriptors[0], role, request["fork"], alone=start["alone"]
                    )
                },
            )
        elif "usage" in request:
            _reply(control, _usage())
        else:
            _reply(control, _end(request["end"], alone=start["alone"]))


def _warm(role: str, start: dict[str, Any]) -> None:
    """Import what submissions use; modules that answers may not import are made out of sight."""
    for name in (*WARM, *start["imports"]):
        importlib.import_module(name)
    objects = importlib.import_module("course_utils.instructor.inside.objects")
    importlib.import_module(f"course_utils.instructor.inside.{role}")
    if role == "answers":
        importlib.import_module("course_utils.checks.stand_ins").install()
    for name, source in start["private"].items():
        module = types.ModuleType(name)
        exec(compile(source, name, "exec"), module.__dict__)
        objects.private[name] = module
    if start["alone"]:
        _empty("/tmp")  # the caches of what was imported


def _fork(
    control: socket.socket, descriptor: int, role: str, limits: dict[str, int], *, alone: bool
) -> int:
    pid = os.fork()
    if pid:
        os.close(descriptor)
        return pid
    try:
        control.close()
        os.setsid()
        if not alone:  # else the zygote's end is the end of all
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        for name, value in limits.items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        connection = socket.socket(fileno=descriptor)
        connection.set_inheritable(False)  # a program that takes the child's place has left
        module = importlib.import_module(f"course_utils.instructor.inside.{role}")
        nowhere = os.open("/dev/null", os.O_RDWR)  # the zygote's stderr fills up, and then all wait
        for standard in range(3):
            os.dup2(nowhere, standard)
        guard.close_in()
        if role == "answers":
            module.Answers().serve(connection)
        else:
            module.Checks(connection).serve()
    finally:
        os._exit(0)


def family(root: int) -> dict[int, list[bytes]]:
    """All processes that come from this one, with what the kernel says of each."""
    found: dict[int, list[bytes]] = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{entry}/stat", "rb") as file:
            found[int(entry)] = file.read().rpartition(b")")[2].split()
    members, new = set(), {root}
    while new:
        new = {pid for pid, fields in found.items() if int(fields[1]) in new}
        members |= new
    return {pid: found[pid] for pid in members}


def _usage() -> dict[str, float]:
    """Seconds and bytes of all that runs, and seconds of those it has waited for.

    Pages that two processes share count twice: what is found is never too little.
    """
    members = family(os.getpid()).values()
    cpu = sum(sum(map(int, fields[11:15])) for fields in members) / TICKS
    return {"cpu": cpu, "memory": sum(int(fields[21]) for fields in members) * PAGE}


def _end(pid: int, *, alone: bool) -> dict[str, Any]:
    """Kill whatever is left in the sandbox, and say what the child has cost."""
    status, cpu, peak, clean = 0, 0.0, 0, False
    for _ in range(1000):
        for target in [-1] if alone else family(os.getpid()):  # all but this process
            with contextlib.suppress(OSError):
                os.kill(target, signal.SIGKILL)
        try:
            while (reaped := os.wait4(-1, os.WNOHANG))[0]:
                done, code, used = reaped
                cpu += used.ru_utime + used.ru_stime
                peak = max(peak, used.ru_maxrss * 1024)
                status = code if done == pid else status
        except ChildProcessError:
            clean = True
            break
        time.sleep(0.002)
    clean = (clean and _empty("/tmp") and _empty("/dev/shm")) if alone else clean
    return {"cpu": cpu, "peak": peak, "exit": status, "clean": clean}


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
        part = control.recv(2**20)
        if not part:
            raise EOFError("the grader has left")
        data += part
    return data


def _reply(control: socket.socket, answer: dict[str, Any]) -> None:
    control.sendall(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
