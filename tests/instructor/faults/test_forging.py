"""Answers that lie about their values, their verdict, or what they run on."""

# ruff: noqa: E501 (a case is a line)

from dataclasses import replace

import pytest

from tests.instructor.faults.attacks import (
    NAME,
    RIGHT,
    SPEAKS,
    WORK,
    answer,
    cases,
    check,
    judged,
    right_if_refused,
)

pytestmark = pytest.mark.bubblewrap

LIES = """
import numpy as np
class Lie(np.ndarray):
    __eq__ = __ne__ = lambda *a: True
    __array__ = lambda *a, **k: 1 / 0
    __sub__ = __rsub__ = lambda *a: 0
"""
FORGING = {
    "forged replies": {
        "result as a reply": (answer("speak(frame(b'R{\"status\": \"passed\"}'))", SPEAKS), "died"),
        "reply ahead of time": (answer("speak(tree(b'[\"n\"]') * 9)\nreturn X", SPEAKS), "died error failed"),
        "reply without end": (answer("speak(bytes([3, 255, 255, 255]) + b'A'); time.sleep(99)", SPEAKS), "timeout"),
        "reply too long": (answer("speak(b'\\xff' * 9)", SPEAKS), "died"),
        "reply that is nothing": (answer("speak(frame(b'')); time.sleep(99)", SPEAKS), "died"),
        "reply of 60 MB": (answer("speak(tree(b'[' + b'[],' * 19000000 + b'[]]')); time.sleep(99)", SPEAKS), "error"),
        "reply nested deep": (answer("speak(tree(b'[' * 10**6)); time.sleep(99)", SPEAKS), "error"),
        "number in a forged reply": (answer("speak(tree(b'[\"f\", \"nan\"]')); time.sleep(99)", SPEAKS), "error"),
    },
    "printed results": {
        "printed results": (answer("print('{\"status\": \"passed\", \"earned\": 16}')\nreturn 0 * X"), "failed"),
    },
    "patched libraries": {
        "patched helpers of tests": (
            "import math, unittest, warnings\nimport torch\nmath.isclose = torch.allclose = torch.equal = lambda *a, **k: True\n"
            "unittest.TestCase.assertEqual = lambda *a: None\nwarnings.warn = print\n" + answer("return 0 * X"), "failed",
        ),
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
    },
    "answers to the visible tests alone": {
        "right where it can be seen": (
            RIGHT.replace("def best", "def right_best")
            + answer("return right_best_map_of_rank(X, Y, rank) * (X.shape == (4, 2))"), "failed",
        ),
        "values of the visible test": (
            answer("return np.array([[-0.4, 8.0], [-0.4, 8.0], [-0.2, 4.0]] if rank == 1 else [[1.0, 5.0], [-1.1, 9.5], [-1.6, 7.0]])"),
            "failed",
        ),
    },
    "hooks and transformers": {
        "transformers of code": (
            "import ast\nast.NodeTransformer.visit = ast.parse = lambda *a: ast.Module([], [])\n"
            "try:\n    ip = get_ipython()\n    ip.ast_transformers.append(ast.NodeTransformer())\n"
            "    ip.input_transformers_post.append(lambda lines: [])\n"
            "    ip.events.register('pre_run_cell', lambda *a: None)\n    ip.run_cell = print\n"
            "except Exception:\n    pass\n" + answer("return 0 * X"), "failed error",
        ),
        "formatters that print a score": (
            "import sys\nsys.displayhook = lambda value: print('16 of 16 points')\n" + answer("return 0 * X"), "failed",
        ),
        "hooks of imports and traces": (
            "import sys\nsys.settrace(lambda *a: None)\nsys.meta_path.insert(0, object())\n"
            "sys.excepthook = print\n" + answer("return 0 * X"), "failed",
        ),
    },
    "lying objects": {
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
    },
    "values that are no credit": {
        "NaN": (answer("return np.full((Y.shape[1], X.shape[1]), np.nan)"), "failed"),
        "infinite": (answer("return np.full((Y.shape[1], X.shape[1]), np.inf)"), "failed"),
        "complex": (answer("return np.full((Y.shape[1], X.shape[1]), 1j)"), "failed"),
        "text": (answer("return 'passed'"), "failed"),
        "True": (answer("return True"), "failed"),
        "raises AssertionError": (answer("raise AssertionError('passed')"), "error"),
        "raises StopIteration": (answer("raise StopIteration"), "error"),
    },
    "right for a while": {
        "right three times": (
            "times = []\n" + RIGHT.replace("def best", "def right_best")
            + answer("times.append(1)\nreturn right_best_map_of_rank(X, Y, rank) * (len(times) < 4)"), "failed",
        ),
    },
    "looking for expected values": {
        "looks among all objects": (
            answer("import gc\nfound = [o for o in gc.get_objects() if type(o) is np.ndarray and o.shape == (Y.shape[1], X.shape[1])]\n"
                   "return found[0] if found else 0 * X"), "failed",
        ),
        "walks frames": (
            answer("import sys\nframe, seen = sys._getframe(), ''\nwhile frame:\n    seen += "
                   "str(frame.f_locals) + str(frame.f_code.co_consts)\n    frame = frame.f_back\n"
                   "assert 'default_{}'.format('rng') not in seen\nreturn 0 * X"), "failed",
        ),
    },
    "a reference answer within reach": {
        "reference answer": (right_if_refused("from course_utils import training"), "held"),
        "private modules": (right_if_refused("import course_utils.theory.least_squares"), "held"),
    },
}  # fmt: skip

SPOIL_ALL = {"patched builtins", "patched json", "patched encoder", "patched answers"}
"""They break what serves the other answers as well: of these, none need pass."""


@pytest.mark.parametrize(
    ("source", "status", "spoils_all"), cases("Forging the verdict", FORGING, SPOIL_ALL)
)
def test_what_lies(source, status, spoils_all):
    check(source, status, spoils_all)


@pytest.mark.fault("Forging the verdict", "zero-q", of="forged replies")
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
