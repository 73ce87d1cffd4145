"""Answers that reach for what is not theirs, and hidden tests that are told."""

# ruff: noqa: E501 (a case is a line)

import pytest

from course_utils.instructor.verdict import judge
from tests import bank
from tests.instructor.boxes import boxes
from tests.instructor.faults.attacks import (
    NAME,
    RIGHT,
    SOLUTION,
    WORK,
    answer,
    calls,
    cases,
    check,
    judged,
    right_if_refused,
)

pytestmark = pytest.mark.bubblewrap

SECTION = "Reaching where it has no business"
ROOT = str(bank.ROOT)
REACHING = {
    "what the staff keeps": {
        "the course's solutions": (right_if_refused(f"open('{bank.EXERCISES['linear_networks']}')"), "held"),
        "the course's root": (right_if_refused(f"import os; os.listdir('{ROOT}/tests')"), "held"),
        "the instructor's part": (right_if_refused("import course_utils.instructor.verdict"), "held"),
        "home of root": (right_if_refused("open('/root/.bashrc')"), "held"),
        "home folders": (right_if_refused("import os; os.listdir('/home')[0]"), "held"),
        "passwords": (right_if_refused("open('/etc/passwd')"), "held"),
        "environment": (right_if_refused("import os; [os.environ[name] for name in ('USER', 'SECRET', 'OLDPWD')]"), "held"),
    },
    "start-up files": {
        "start-up file": (right_if_refused("import site; open(site.getsitepackages()[0] + '/x.pth', 'w')"), "held"),
        "sitecustomize": (right_if_refused("open('/course/sitecustomize.py', 'w')"), "held"),
        "the package": (right_if_refused("open('/course/course_utils/checks.py', 'a')"), "held"),
        "start-up file at home": ("import os\nos.makedirs('/tmp/.ipython/profile_default/startup')\n"
                                  "open('/tmp/.ipython/profile_default/startup/x.py', 'w').write('1/0')\n" + RIGHT, "held"),
    },
    "the machine": {
        "the root": (right_if_refused("open('/x', 'w')"), "held"),
        "devices": (right_if_refused("open('/dev/x', 'w')"), "held"),
        "a device": (right_if_refused("import os; os.mknod('/tmp/sda', 0o60666, os.makedev(8, 0))"), "held"),
        "libraries": (right_if_refused("open('/usr/lib/x', 'w')"), "held"),
        "being root": (right_if_refused("import os; os.setuid(0)"), "held"),
        "user namespace": (calls("unshare(0x10000000)"), "held"),
        "user namespace of a child": (calls("syscall(56, 0x10000011, 0, 0, 0, 0)"), "held"),
        "mount": (calls("mount(b'none', b'/tmp', b'tmpfs', 0, 0)"), "held"),
        "keyrings": (calls("syscall(250, 0, -3, 1)"), "held"),
    },
    "files that run code when loaded": {
        "pickle for the next": ("import pickle\npickle.dump(print, open('/tmp/data.pkl', 'wb'))\n" + RIGHT, "held"),
    },
    "other processes": {
        "environment of others": (right_if_refused("open('/proc/1/environ').read()"), "held"),
        "memory of others": (right_if_refused("open('/proc/1/mem', 'rb')"), "held"),
        "descriptors of others": (right_if_refused("import os; os.readlink('/proc/1/fd/0')"), "held"),
        "other processes": (right_if_refused("import os\nif len([p for p in os.listdir('/proc') if p.isdigit()]) == 2: raise OSError"), "held"),
        "inherited descriptors": (right_if_refused("import os\nif len(os.listdir('/proc/self/fd')) <= 6: raise OSError"), "held"),
        "tracing": (calls("ptrace(16, 1, 0, 0)"), "held"),
        "limits of others": (right_if_refused("import resource; resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))"), "held"),
        "priority of others": (right_if_refused("import os; os.setpriority(os.PRIO_PROCESS, 1, 19)"), "held"),
        "processors of others": (right_if_refused("import os; os.sched_setaffinity(1, [0])"), "held"),
    },
    "network": {
        "loopback": (right_if_refused("import socket; socket.create_connection(('127.0.0.1', 22), 1)"), "held"),
        "network": (right_if_refused("import socket; socket.create_connection(('1.1.1.1', 53), 1)"), "held"),
        "names": (right_if_refused("import socket; socket.getaddrinfo('example.org', 80)"), "held"),
        "abstract socket": (right_if_refused("import socket; socket.socket(socket.AF_UNIX).connect('\\0/tmp/.X11-unix/X0')"), "held"),
        "raw socket": (right_if_refused("import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)"), "held"),
        "host of the machine": (right_if_refused("import socket; socket.socket(socket.AF_VSOCK)"), "held"),
        "package index": (right_if_refused("import urllib.request as r; r.urlopen('https://pypi.org', timeout=1)"), "held"),
    },
}  # fmt: skip


@pytest.mark.parametrize(("source", "status", "spoils_all"), cases(SECTION, REACHING))
def test_what_reaches(source, status, spoils_all, monkeypatch):
    monkeypatch.setenv("SECRET", "of the grader")
    check(source, status, spoils_all)


FORGED = {"kind": "SECRET", "text": "SECRET", "line": 5238761, "crossing": True, "trace": "SECRET"}


@pytest.mark.fault(SECTION, "held", of="hidden tests told")
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
    visible = "if X.shape == (4, 2): return right(X, Y, rank)\n"
    result = judged(answer(visible + tells, f"import sys\n{right}"))[f"check_{NAME}"]
    assert result.hidden
    assert result.status in ("failed", "error")
    assert "SECRET" not in result.public, result.public
    assert "5238761" not in result.public, result.public


@pytest.mark.fault(SECTION, "held", of="hidden tests told")
def test_no_later_check_can_tell_what_a_hidden_test_gave():
    keeps = "seen = []\n" + SOLUTION["forward"].replace(
        "values = X", "seen.append(X)\n    values = X"
    )
    tells = "def loss(weights, X, Y):\n    raise ValueError(str(len(seen)))"
    checks = judge(WORK, SOLUTION | {"forward": keeps, "loss": tells}, boxes(WORK)).checks
    assert [c.public[-3:] for c in checks if c.answer == "loss"] == [": 0"], checks
