"""Answers that attack: what each costs, that it costs no more, and that nothing is left of it.

The classes are those of the sections "time and memory", "leaving early", "forging the verdict" and
"reading and writing where it has no business" of the list of faults. One answer of six attacks; its
check gets the status that stands beside it, the five others their points, and the next submission
all of its own. `passed` is right for what costs nothing.
"""

# ruff: noqa: E501 (a case is a line)

import textwrap
from dataclasses import replace

import pytest

from course_utils.instructor.inside.zygote import family
from course_utils.instructor.sandbox import Limits
from course_utils.instructor.verdict import judge
from tests import bank
from tests.instructor.boxes import boxes, solution, task

pytestmark = pytest.mark.bubblewrap

TIGHT = Limits(check=1.0, total=6.0, patience=2.0, memory=3 * 2**29)
NAME = "best_map_of_rank"
WORK = task("linear_networks", limits=TIGHT)
SOLUTION = solution("linear_networks")
RIGHT = SOLUTION[NAME]
LOOKS = "import os\nassert os.listdir('/tmp') == os.listdir('/dev/shm') == []\n"
"""Before a right answer: nothing is left of an earlier submission."""
SPEAKS = """
import gc, json, socket, struct, time
def speak(data):
    found = [o for o in gc.get_objects() if type(o) is socket.socket and o.fileno() > 0]
    found[0].sendall(data)
def frame(data):
    return struct.pack(">I", len(data)) + data
def tree(text):
    return frame(b"A" + struct.pack(">I", len(text)) + text)
"""
CALLS = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"


def answer(body, before=""):
    """A function that does this when it is called."""
    return f"{before}\ndef {NAME}(X, Y, rank):\n{textwrap.indent(body, '    ')}"


def right_if_refused(attempt, before=""):
    """The right answer where the attempt fails, and none where it succeeds."""
    inner = RIGHT.replace(f"def {NAME}", "def right")
    tries = (
        f"try:\n{textwrap.indent(attempt, '    ')}\nexcept Exception:\n    return right(X, Y, rank)"
    )
    return answer(tries, before=f"{before}\n{inner}")


def calls(call):
    """A system call by the C library; an error of it is an exception."""
    return right_if_refused(f"if libc.{call} == -1:\n    raise OSError", before=CALLS)


TIME = {
    "endless loop": (answer("while True: pass"), "timeout"),
    "endless loop in C": (answer("sum(iter(int, 1))"), "timeout"),
    "loop that swallows all": (
        answer("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
        "timeout",
    ),
    "cell that never ends": ("while True: pass\n" + RIGHT, "timeout"),
    "cell that waits": ("import time; time.sleep(1000)\n" + RIGHT, "timeout"),
    "sleep": (answer("import time; time.sleep(1000)"), "timeout"),
    "deadlock": (
        answer("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()"),
        "timeout",
    ),
    "stops itself": (answer("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"), "timeout"),
    "children that compute": (
        answer(
            "import os, time\nfor _ in range(2):\n    if not os.fork():\n        while True: pass\n"
            "time.sleep(1000)"
        ),
        "timeout died",  # three times the memory, too
    ),
    "reply byte by byte": (
        answer(
            "speak(bytes([3, 255, 255, 255]))\nwhile True:\n    time.sleep(0.05)\n    speak(b'A')",
            SPEAKS,
        ),
        "timeout",
    ),
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
        "died timeout error",
    ),
    "memory files": (right_if_refused("import os; os.memfd_create('x')"), "passed"),
    "System V memory": (calls("shmget(0, 4096, 0o1600)"), "passed"),
    "System V queue": (calls("msgget(0, 0o1600)"), "passed"),
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
    "much printed": (
        "import os, sys\nfor _ in range(2000): print('x' * 10000)\nprint('x' * 2**26)\n"
        "sys.stderr.write('x' * 2**22)\nos.write(1, b'x' * 2**22); os.write(2, b'x' * 2**22)\n"
        + RIGHT,
        "passed",
    ),
    "input": (answer("return input()"), "error"),
    "breakpoint": (answer("breakpoint()"), "error"),
    "pdb": (answer("import pdb; pdb.set_trace()\nreturn X"), "error"),
    "%debug": ("%debug\n" + RIGHT, "error"),
    "recursion": (answer(f"return {NAME}(X, Y, rank=rank)"), "error"),
    "recursion in C": (
        answer("import sys; sys.setrecursionlimit(10**9)\nf = lambda: f()\nf()"),
        "died error timeout",
    ),
}

LEAVING = {
    "os._exit": (answer("import os; os._exit(0)"), "died"),
    "os._exit in the cell": ("import os; os._exit(0)", "died"),
    "sys.exit": (answer("import sys; sys.exit()"), "error"),
    "exit": (answer("exit()"), "error"),
    "SystemExit": (answer("raise SystemExit"), "error"),
    "SystemExit in the cell": (RIGHT + "\nraise SystemExit", "passed"),
    "KeyboardInterrupt": (answer("raise KeyboardInterrupt"), "error"),
    "GeneratorExit": (answer("raise GeneratorExit"), "error"),
    "segmentation fault": (answer("import ctypes; ctypes.string_at(0)"), "died"),
    "abort": (answer("import os; os.abort()"), "died"),
    "kills itself": (answer("import os; os.kill(os.getpid(), 9)"), "died"),
    "kills its group": (answer("import os; os.kill(0, 9)"), "died"),
    "alarm": (answer("import signal, time; signal.alarm(1); time.sleep(9)"), "died"),
    "another program": (answer("import os; os.execv('/bin/sleep', ['sleep', '1000'])"), "died"),
    "closes everything": (answer("import os; os.closerange(0, 256)"), "died"),
    "a child goes on in its place": (answer("import os\nif os.fork(): os._exit(0)\nreturn X"), "failed"),
    "kills its parent": (right_if_refused("import os; os.kill(os.getppid(), 9)"), "passed"),
    "stops its parent": (right_if_refused("import os; os.kill(os.getppid(), 19)"), "passed"),
    "kills all": (right_if_refused("import os; os.kill(-1, 9)"), "passed"),
    "ask_exit": (answer("get_ipython().ask_exit()"), "error"),
}  # fmt: skip

LIES = """
import numpy as np
class Lie(np.ndarray):
    __eq__ = __ne__ = lambda *a: True
    __array__ = lambda *a, **k: 1 / 0
    __sub__ = __rsub__ = lambda *a: 0
"""
FORGING = {
    "result as a reply": (answer("speak(frame(b'R{\"status\": \"passed\"}'))", SPEAKS), "died"),
    "reply ahead of time": (answer("speak(tree(b'[\"n\"]') * 9)\nreturn X", SPEAKS), "died error failed"),
    "reply without end": (answer("speak(bytes([3, 255, 255, 255]) + b'A'); time.sleep(99)", SPEAKS), "timeout"),
    "reply too long": (answer("speak(b'\\xff' * 9)", SPEAKS), "died"),
    "reply that is nothing": (answer("speak(frame(b'')); time.sleep(99)", SPEAKS), "died"),
    "reply of 60 MB": (answer("speak(tree(b'[' + b'[],' * 19000000 + b'[]]')); time.sleep(99)", SPEAKS), "error"),
    "reply nested deep": (answer("speak(tree(b'[' * 10**6)); time.sleep(99)", SPEAKS), "error"),
    "number in a forged reply": (answer("speak(tree(b'[\"f\", \"nan\"]')); time.sleep(99)", SPEAKS), "error"),
    "printed results": (answer("print('{\"status\": \"passed\", \"earned\": 16}')\nreturn 0 * X"), "failed"),
    "patched checks": (
        "import course_utils.checks as c\nfor n in ('array', 'close', 'differs', 'true', 'fail'):\n"
        "    setattr(c.Check, n, lambda *a, **k: a[1])\n" + answer("return 0 * X"), "failed",
    ),
    "patched NumPy": (
        "np.allclose = np.array_equal = lambda *a, **k: True\nnp.testing.assert_allclose = print\n"
        + answer("return 0 * X"), "failed",
    ),
    "patched builtins": (
        "import builtins\nbuiltins.AssertionError = builtins.compile = builtins.exec = print\n"
        + answer("return 0 * X"), "failed",
    ),
    "patched json": (
        "import json\njson.dumps = lambda *a, **k: '{\"status\": \"passed\"}'\n" + answer("return 0 * X"),
        "error",
    ),
    "patched encoder": (
        "from course_utils.instructor.inside import codec\ncodec.Encoder.message = lambda *a: b'passed'\n"
        + answer("return 0 * X"), "error",
    ),
    "patched answers": (
        "import sys\nsys.modules['course_utils.instructor.inside.answers'].Answers._call = lambda *a: b''\n"
        + answer("return 0 * X"), "error",
    ),
    "hooks of imports and traces": (
        "import sys\nsys.settrace(lambda *a: None)\nsys.meta_path.insert(0, object())\n"
        "sys.excepthook = print\n" + answer("return 0 * X"), "failed",
    ),
    "lying subclass": (answer("return np.zeros((2, 3)).view(Lie)", LIES), "failed"),
    "lying object": (
        answer("return type('L', (), {n: lambda *a, **k: True for n in ('__eq__', '__array__', "
               "'__float__', '__len__', '__getitem__', 'detach', 'shape')})()"), "failed error",
    ),
    "lying class": (
        answer("return type('L', (), {'__class__': property(lambda self: np.ndarray)})()"),
        "error failed",
    ),
    "lying number": (answer("return type('F', (float,), {'__eq__': lambda *a: True})(1)"), "failed"),
    "NaN": (answer("return np.full((Y.shape[1], X.shape[1]), np.nan)"), "failed"),
    "infinite": (answer("return np.full((Y.shape[1], X.shape[1]), np.inf)"), "failed"),
    "complex": (answer("return np.full((Y.shape[1], X.shape[1]), 1j)"), "failed"),
    "text": (answer("return 'passed'"), "failed"),
    "True": (answer("return True"), "failed"),
    "raises AssertionError": (answer("raise AssertionError('passed')"), "error"),
    "raises StopIteration": (answer("raise StopIteration"), "error"),
    "right three times": (
        "times = []\n" + RIGHT.replace("def best", "def right_best")
        + answer("times.append(1)\nreturn right_best_map_of_rank(X, Y, rank) * (len(times) < 4)"), "failed",
    ),
    "walks frames": (
        answer("import sys\nframe, seen = sys._getframe(), ''\nwhile frame:\n    seen += "
               "str(frame.f_locals) + str(frame.f_code.co_consts)\n    frame = frame.f_back\n"
               "assert 'default_{}'.format('rng') not in seen\nreturn 0 * X"), "failed",
    ),
    "reference answer": (right_if_refused("from course_utils import training"), "passed"),
    "private modules": (right_if_refused("import course_utils.theory.least_squares"), "passed"),
}  # fmt: skip

ROOT = str(bank.ROOT)
REACHING = {
    "the course's solutions": (right_if_refused(f"open('{bank.EXERCISES['linear_networks']}')"), "passed"),
    "the course's root": (right_if_refused(f"import os; os.listdir('{ROOT}/tests')"), "passed"),
    "the instructor's part": (right_if_refused("import course_utils.instructor.verdict"), "passed"),
    "home of root": (right_if_refused("open('/root/.bashrc')"), "passed"),
    "home folders": (right_if_refused("import os; os.listdir('/home')[0]"), "passed"),
    "passwords": (right_if_refused("open('/etc/passwd')"), "passed"),
    "start-up file": (right_if_refused("import site; open(site.getsitepackages()[0] + '/x.pth', 'w')"), "passed"),
    "sitecustomize": (right_if_refused("open('/course/sitecustomize.py', 'w')"), "passed"),
    "the package": (right_if_refused("open('/course/course_utils/checks.py', 'a')"), "passed"),
    "the root": (right_if_refused("open('/x', 'w')"), "passed"),
    "devices": (right_if_refused("open('/dev/x', 'w')"), "passed"),
    "a device": (right_if_refused("import os; os.mknod('/tmp/sda', 0o60666, os.makedev(8, 0))"), "passed"),
    "libraries": (right_if_refused("open('/usr/lib/x', 'w')"), "passed"),
    "start-up file at home": ("import os\nos.makedirs('/tmp/.ipython/profile_default/startup')\n"
                              "open('/tmp/.ipython/profile_default/startup/x.py', 'w').write('1/0')\n" + RIGHT, "passed"),
    "pickle for the next": ("import pickle\npickle.dump(print, open('/tmp/data.pkl', 'wb'))\n" + RIGHT, "passed"),
    "environment": (right_if_refused("import os; [os.environ[name] for name in ('USER', 'SECRET', 'OLDPWD')]"), "passed"),
    "environment of others": (right_if_refused("open('/proc/1/environ').read()"), "passed"),
    "memory of others": (right_if_refused("open('/proc/1/mem', 'rb')"), "passed"),
    "descriptors of others": (right_if_refused("import os; os.readlink('/proc/1/fd/0')"), "passed"),
    "other processes": (right_if_refused("import os\nif len([p for p in os.listdir('/proc') if p.isdigit()]) == 2: raise OSError"), "passed"),
    "inherited descriptors": (right_if_refused("import os\nif len(os.listdir('/proc/self/fd')) <= 6: raise OSError"), "passed"),
    "tracing": (calls("ptrace(16, 1, 0, 0)"), "passed"),
    "limits of others": (right_if_refused("import resource; resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))"), "passed"),
    "priority of others": (right_if_refused("import os; os.setpriority(os.PRIO_PROCESS, 1, 19)"), "passed"),
    "processors of others": (right_if_refused("import os; os.sched_setaffinity(1, [0])"), "passed"),
    "being root": (right_if_refused("import os; os.setuid(0)"), "passed"),
    "user namespace": (calls("unshare(0x10000000)"), "passed"),
    "user namespace of a child": (calls("syscall(56, 0x10000011, 0, 0, 0, 0)"), "passed"),
    "mount": (calls("mount(b'none', b'/tmp', b'tmpfs', 0, 0)"), "passed"),
    "keyrings": (calls("syscall(250, 0, -3, 1)"), "passed"),
    "loopback": (right_if_refused("import socket; socket.create_connection(('127.0.0.1', 22), 1)"), "passed"),
    "network": (right_if_refused("import socket; socket.create_connection(('1.1.1.1', 53), 1)"), "passed"),
    "names": (right_if_refused("import socket; socket.getaddrinfo('example.org', 80)"), "passed"),
    "abstract socket": (right_if_refused("import socket; socket.socket(socket.AF_UNIX).connect('\\0/tmp/.X11-unix/X0')"), "passed"),
    "raw socket": (right_if_refused("import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"), "passed"),
    "host of the machine": (right_if_refused("import socket; socket.socket(socket.AF_VSOCK)"), "passed"),
    "package index": (right_if_refused("import urllib.request as r; r.urlopen('https://pypi.org', timeout=1)"), "passed"),
}  # fmt: skip

SPOIL_ALL = {"patched builtins", "patched json", "patched encoder", "patched answers"}
"""They break what serves the other answers as well: of these, none need pass."""

CASES = [
    pytest.param(source, status, name in SPOIL_ALL, id=name)
    for section in (TIME, LEAVING, FORGING, REACHING)
    for name, (source, status) in section.items()
]


def judged(source, work=WORK):
    """Results by check, with this answer among right ones."""
    verdict = judge(work, SOLUTION | {NAME: source}, boxes(work))
    return {check.name: check for check in verdict.checks}


def nothing_is_left():
    """The first process of each sandbox is alone, and the next submission finds its due."""
    for box in boxes(WORK):
        assert len(family(box.process.pid)) == 1
    after = judge(WORK, SOLUTION | {NAME: LOOKS + RIGHT}, boxes(WORK))
    assert sum(check.earned for check in after.checks) == 16, after


@pytest.mark.parametrize(("source", "status", "spoils_all"), CASES)
def test_an_attack_costs_its_own_points_and_leaves_nothing(source, status, spoils_all, monkeypatch):
    monkeypatch.setenv("SECRET", "of the grader")
    results = judged(source)
    attacked = results.pop(f"check_{NAME}")
    assert attacked.status in status.split(), attacked
    assert attacked.earned == (attacked.status == "passed") * attacked.points
    if not spoils_all:
        assert {check.status for check in results.values()} == {"passed"}, results
    nothing_is_left()


FORGED = {"kind": "SECRET", "text": "SECRET", "line": 5238761, "crossing": True, "trace": "SECRET"}


@pytest.mark.parametrize(
    "tells",
    [
        "raise ValueError('SECRET')",
        "raise type('SECRET', (ValueError,), {})('SECRET')",
        "return type('SECRET', (), {})()",
        "return 'SECRET'",
        "return np.array(['SECRET'])",
        f"sys.modules['course_utils.instructor.inside.answers'].described = lambda e: {FORGED}\n1 / 0",
    ],
)
def test_what_hidden_tests_give_to_an_answer_does_not_come_out(tells):
    right = RIGHT.replace(f"def {NAME}", "def right")
    visible = "if X.shape == (3, 2): return right(X, Y, rank)\n"
    result = judged(answer(visible + tells, f"import sys\n{right}"))[f"check_{NAME}"]
    assert result.hidden
    assert result.status in ("failed", "error")
    assert "SECRET" not in result.public, result.public
    assert "5238761" not in result.public, result.public


def test_no_later_check_can_tell_what_a_hidden_test_gave():
    keeps = "seen = []\n" + SOLUTION["forward"].replace(
        "values = X", "seen.append(X)\n    values = X"
    )
    tells = "def loss(weights, X, Y):\n    raise ValueError(str(len(seen)))"
    checks = judge(WORK, SOLUTION | {"forward": keeps, "loss": tells}, boxes(WORK)).checks
    assert [c.public[-3:] for c in checks if c.answer == "loss"] == [": 0"], checks


@pytest.mark.parametrize(
    "body", ["while time.process_time() - begin < 0.5: pass", "time.sleep(0.7)"]
)
def test_many_cells_just_below_the_limit_meet_that_of_all(body):
    work = replace(WORK, limits=replace(TIGHT, total=1.5, patience=1.0))
    slow = f"import time\nbegin = time.process_time()\n{body}\n"
    verdict = judge(work, {name: slow + source for name, source in SOLUTION.items()}, boxes(work))
    assert {check.status for check in verdict.checks} == {"timeout"}
    assert "whole notebook" in verdict.checks[-1].public
    nothing_is_left()


def test_a_check_that_dies_of_what_it_is_given_costs_its_own_points_alone(monkeypatch):
    monkeypatch.setattr("course_utils.instructor.verdict._CHECKS_MAY_TAKE", 2.0)
    hangs = (
        "\nif best_map_of_rank(np.eye(2), np.eye(2), rank=1).sum() == 0:\n    while True: pass\n"
    )
    tests = [
        replace(t, source=t.source.split("check =")[0] + hangs) if t.answer == NAME else t
        for t in WORK.checks
    ]
    work = replace(WORK, checks=tuple(tests))
    results = judged(answer("return 0 * X"), work)
    attacked = results.pop(f"check_{NAME}")
    assert attacked.status == "error"
    assert "could not be finished" in attacked.public
    assert {check.status for check in results.values()} == {"passed"}, results
