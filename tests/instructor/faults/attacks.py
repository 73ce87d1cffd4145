"""Attacks in one answer of six: what each costs, and that nothing is left of it.

A table holds cases by class and name: the source of the answer, and the status its check gets.
`passed` is right for what costs nothing, `held` for an attempt that fails, so that the answer stays
right. The five other answers keep their points, and the next submission gets all of its own.
"""

import textwrap

import pytest

from course_utils.instructor.inside.zygote import family
from course_utils.instructor.sandbox import Limits
from course_utils.instructor.verdict import judge
from tests.instructor.boxes import boxes, solution, task

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


def cases(section, table, spoil_all=()):
    """The parameters `source`, `status` and `spoils_all` of each case, marked."""
    return [
        pytest.param(
            source,
            status.replace("held", "passed"),
            name in spoil_all,
            id=name,
            marks=pytest.mark.fault(section, outcome_of(status), of=of),
        )
        for of, named in table.items()
        for name, (source, status) in named.items()
    ]


def outcome_of(status):
    return {"passed": "merit", "held": "held"}.get(status, "zero-q")


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


def check(source, status, spoils_all=False, work=WORK):
    """It costs its own points alone, and leaves nothing."""
    results = judged(source, work)
    attacked = results.pop(f"check_{NAME}")
    assert attacked.status in status.split(), attacked
    assert attacked.earned == (attacked.status == "passed") * attacked.points
    if not spoils_all:
        assert {check.status for check in results.values()} == {"passed"}, results
    nothing_is_left()
