"""Answers that end their process, or try to end those of others."""

# ruff: noqa: E501 (a case is a line)

import pytest

from tests.instructor.faults.attacks import RIGHT, answer, cases, check, right_if_refused

pytestmark = pytest.mark.bubblewrap

LEAVING = {
    "exit": {
        "os._exit": (answer("import os; os._exit(0)"), "died"),
        "os._exit in the cell": ("import os; os._exit(0)", "died"),
        "sys.exit": (answer("import sys; sys.exit()"), "error"),
        "exit": (answer("exit()"), "error"),
        "SystemExit": (answer("raise SystemExit"), "error"),
        "SystemExit in the cell": (RIGHT + "\nraise SystemExit", "passed"),
        "KeyboardInterrupt": (answer("raise KeyboardInterrupt"), "error"),
        "GeneratorExit": (answer("raise GeneratorExit"), "error"),
        "another program": (answer("import os; os.execv('/bin/sleep', ['sleep', '1000'])"), "died"),
        "closes everything": (answer("import os; os.closerange(0, 256)"), "died"),
        "a child goes on in its place": (answer("import os\nif os.fork(): os._exit(0)\nreturn X"), "failed"),
        "ask_exit": (answer("get_ipython().ask_exit()"), "error"),
    },
    "crash": {
        "segmentation fault": (answer("import ctypes; ctypes.string_at(0)"), "died"),
        "abort": (answer("import os; os.abort()"), "died"),
        "kills itself": (answer("import os; os.kill(os.getpid(), 9)"), "died"),
        "kills its group": (answer("import os; os.kill(0, 9)"), "died"),
        "alarm": (answer("import signal, time; signal.alarm(1); time.sleep(9)"), "died"),
    },
    "killing others": {
        "kills its parent": (right_if_refused("import os; os.kill(os.getppid(), 9)"), "held"),
        "stops its parent": (right_if_refused("import os; os.kill(os.getppid(), 19)"), "held"),
        "kills all": (right_if_refused("import os; os.kill(-1, 9)"), "held"),
    },
}  # fmt: skip


@pytest.mark.parametrize(("source", "status", "spoils_all"), cases("Leaving early", LEAVING))
def test_what_leaves(source, status, spoils_all):
    check(source, status, spoils_all)
