"""Answers that never end, take all there is, or wait for somebody."""

# ruff: noqa: E501 (a case is a line)

from dataclasses import replace

import pytest

from course_utils.instructor.verdict import judge
from tests.instructor.boxes import boxes
from tests.instructor.faults.attacks import (
    NAME,
    RIGHT,
    SOLUTION,
    SPEAKS,
    TIGHT,
    WORK,
    answer,
    calls,
    cases,
    check,
    nothing_is_left,
    right_if_refused,
)

pytestmark = pytest.mark.bubblewrap

SECTION = "Time and memory"
UNHURRIED = replace(WORK, limits=replace(TIGHT, check=20.0, total=60.0))
"""Time enough to fill the memory allowed, so that it is memory that ends the answer."""
TIME = {
    "loop without end": {
        "endless loop": (answer("while True: pass"), "timeout"),
        "endless loop in C": (answer("sum(iter(int, 1))"), "timeout"),
        "loop that swallows all": (
            answer("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
            "timeout",
        ),
        "cell that never ends": ("while True: pass\n" + RIGHT, "timeout"),
        "cell that waits": ("import time; time.sleep(1000)\n" + RIGHT, "timeout"),
        "sleep": (answer("import time; time.sleep(1000)"), "timeout"),
        "stops itself": (answer("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"), "timeout"),
        "reply byte by byte": (
            answer(
                "speak(bytes([3, 255, 255, 255]))\nwhile True:\n    time.sleep(0.05)\n    speak(b'A')",
                SPEAKS,
            ),
            "timeout",
        ),
        "recursion": (answer(f"return {NAME}(X, Y, rank=rank)"), "error"),
        "recursion in C": (
            answer("import sys; sys.setrecursionlimit(10**9)\nf = lambda: f()\nf()"),
            "died error timeout",
        ),
    },
    "deadlock": {
        "deadlock": (
            answer("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
            "timeout",
        ),
    },
    "processes and threads without number": {
        "children that compute": (
            answer(
                "import os, time\nfor _ in range(2):\n    if not os.fork():\n        while True: pass\n"
                "time.sleep(1000)"
            ),
            "timeout died",  # three times the memory, too
        ),
        "fork bomb": (
            answer("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"),
            "died timeout",
        ),
        "thousands of threads": (
            answer(
                "import threading, time\nfor _ in range(9999):\n    threading.Thread(target=time.sleep, "
                "args=(99,)).start()"
            ),
            "error",
        ),
        "daemon that waits": (
            "import os, time\nif not os.fork():\n    os.setsid()\n    if not os.fork():\n        "
            "time.sleep(2)\n        open('/tmp/late', 'w')\n        time.sleep(1000)\n    os._exit(0)\n"
            + RIGHT,
            "passed",
        ),
    },
    "threads, exit handlers and finalisers that never end": {
        "sleeping threads": (
            "import threading, time\nfor _ in range(5): threading.Thread(target=time.sleep, args=(99,))"
            ".start()\n" + RIGHT,
            "passed",
        ),
        "exit handler that never ends": (
            "import atexit\n@atexit.register\ndef last():\n    while True: pass\n" + RIGHT,
            "passed",
        ),
        "__del__ that never ends": (
            "class D:\n    def __del__(self):\n        while True: pass\nd = D()\n" + RIGHT,
            "passed",
        ),
    },
    "output without end": {
        "a million pictures": (
            "for _ in range(10**6): print('<img src=\"data:image/png;base64,iVBORw0KGgo=\">')\n" + RIGHT,
            "passed",
        ),
        "much printed": (
            "import os, sys\nfor _ in range(2000): print('x' * 10000)\nprint('x' * 2**26)\n"
            "sys.stderr.write('x' * 2**22)\nos.write(1, b'x' * 2**22); os.write(2, b'x' * 2**22)\n"
            + RIGHT,
            "passed",
        ),
    },
    "slow machine": {
        "waits longer than it may compute": (
            "import time\n" + RIGHT.replace("def best", "def right_best")
            + answer("time.sleep(1.2 * (rank == 1 and X.shape == (4, 2)))\nreturn right_best_map_of_rank(X, Y, rank)"),
            "passed",
        ),
    },
    "waiting for somebody at a keyboard": {
        "input": (answer("return input()"), "error"),
        "breakpoint": (answer("breakpoint()"), "error"),
        "pdb": (answer("import pdb; pdb.set_trace()\nreturn X"), "error"),
        "%debug": ("%debug\n" + RIGHT, "error"),
    },
}  # fmt: skip
MEMORY = {
    "memory and disk": {
        "one large allocation": (answer("bytearray(2**40)"), "error"),
        "memory bomb": (
            answer("x = []\nwhile True: x.append(b'x' * 2**26 + bytes(len(x)))"),
            "error died",
        ),
        "memory of many processes": (
            answer(
                "import os, time\nfor _ in range(8):\n    if not os.fork(): break\nx = b'x' * 2**28\n"
                "time.sleep(1000)"
            ),
            "died",
        ),
        "shared memory": (
            answer("import mmap\nm = mmap.mmap(-1, 2**31)\nwhile True: m.write(b'x' * 2**26)"),
            "died error",
        ),
        "memory files": (right_if_refused("import os; os.memfd_create('x')"), "held"),
        "System V memory": (calls("shmget(0, 4096, 0o1600)"), "held"),
        "System V queue": (calls("msgget(0, 0o1600)"), "held"),
        "disk in /tmp": (
            answer("for i in range(100): open(f'/tmp/{i}', 'wb').write(bytes(2**20))"),
            "error",
        ),
        "one large file": (answer("open('x', 'wb').write(bytes(2**27))"), "error"),
        "disk in /dev/shm": (
            answer("for i in range(100): open(f'/dev/shm/{i}', 'wb').write(bytes(2**20))"),
            "error",
        ),
        "folders in folders": (
            "import os\nfor _ in range(3000):\n    os.mkdir('d'); os.chdir('d')\nos.chdir('/tmp')\n"
            + RIGHT,
            "passed",
        ),
    },
}  # fmt: skip


@pytest.mark.parametrize(("source", "status", "spoils_all"), cases(SECTION, TIME))
def test_what_takes_too_much(source, status, spoils_all):
    check(source, status, spoils_all)


@pytest.mark.parametrize(("source", "status", "spoils_all"), cases(SECTION, MEMORY))
def test_what_holds_too_much(source, status, spoils_all):
    check(source, status, spoils_all, UNHURRIED)


@pytest.mark.fault(SECTION, "zero-q", of="many cells, each just under the limit")
@pytest.mark.parametrize(
    "body",
    ["while time.process_time() - begin < 0.5: pass", "time.sleep(0.7)"],
    ids=["cells that compute up to the limit", "cells that sleep up to the limit"],
)
def test_many_cells_just_below_the_limit_meet_that_of_all(body):
    work = replace(WORK, limits=replace(TIGHT, total=1.5, patience=1.0))
    slow = f"import time\nbegin = time.process_time()\n{body}\n"
    verdict = judge(work, {name: slow + source for name, source in SOLUTION.items()}, boxes(work))
    assert {check.status for check in verdict.checks} == {"timeout"}
    assert "whole notebook" in verdict.checks[-1].public
    nothing_is_left()
