"""Errors of an answer, as they are raised in a check."""

import builtins
import json

import numpy as np
import pytest
import torch

from course_utils import data, models
from course_utils.instructor.inside import checks
from course_utils.instructor.inside.checks import AnswerRaised, _raised
from tests.instructor.inside.answering import answering, outcome, reply

KINDS = sorted(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_python_is_raised_as_what_the_answer_raised(kind):
    error = outcome(reply({"error": {"kind": kind, "text": "why", "line": 7}}))
    assert isinstance(error, AnswerRaised)
    assert "why" in str(error)
    assert error.described["text"] == "why"
    assert error.described["line"] == 7
    base = getattr(builtins, kind)
    special = {"StopIteration", "StopAsyncIteration"}  # would end a check's loop
    special |= {k for k in KINDS if k.startswith("Unicode") or k.endswith("Group")}
    if issubclass(base, Exception) and kind not in special:
        assert isinstance(error, base)
        assert error.described["kind"] == kind
    elif not issubclass(base, Exception):
        assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)


def test_a_loop_does_not_end_where_an_answer_stops():
    with answering(reply({"error": {"kind": "StopIteration", "text": ""}})) as (f, _):
        numbers = map(f, [1, 2])
        with pytest.raises(AnswerRaised):
            list(numbers)


NO_KINDS = ["object", "exit", "BaseException", "GeneratorExit", "eval", "__import__", "print", ""]
NO_KINDS += ["type", "__debug__", "__doc__", "None", "CheckFailed", "AnswersLost", "os.system", "é"]
NO_KINDS += ["\ud800", "\0", "A" * 10**6, None, 3, True, 2.5, [], ["ValueError"], {}, b"KeyError"]
NO_KINDS += [
    np.zeros(3),
    torch.zeros(2),
    object(),
    ValueError,
]


@pytest.mark.parametrize("kind", NO_KINDS, ids=lambda kind: ascii(kind)[:20])
def test_what_is_no_kind_is_an_exception_as_any(kind):
    error = outcome(reply({"error": {"kind": kind, "text": "why"}}))
    assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)
    assert error.described["kind"] == "Exception"
    assert str(error) == "why"


VALUES = [None, True, -1, 3, 10**3000, 2.5, "text", "\ud800", "a" * 10**6, b"why", [1], {"a": 1}]
VALUES += [np.zeros(3), np.float64(2), torch.zeros(2), torch.float32, object(), len, (1, 2)]
VALUES += [models.ShallowMLP(2, seed=0), data.ToyRegression(3, seed=0), data.landscape("bowl")]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("field", ["kind", "text", "line", "cell", "trace", "crossing", "other"])
def test_a_description_may_hold_anything(field, value):
    good = {"kind": "ValueError", "text": "why", "line": 1, "cell": "", "trace": "", "crossing": 0}
    error = outcome(reply({"error": good | {field: value}}))
    assert isinstance(error, AnswerRaised)
    check_description(error)


@pytest.mark.parametrize("described", VALUES, ids=lambda value: type(value).__name__)
def test_a_description_may_be_anything(described):
    error = outcome(reply({"error": described}))
    assert type(error).__mro__[1:3] == (AnswerRaised, RuntimeError)
    check_description(error)


def check_description(error):
    """It is plain, short, and can be written down."""
    what = error.described
    assert set(what) == {"kind", "text", "line", "trace", "crossing"}
    assert type(what["kind"]) is type(what["text"]) is type(what["trace"]) is str
    assert what["line"] is None or type(what["line"]) is int
    assert type(what["crossing"]) is bool
    assert len(json.dumps(what)) < 60_000
    str(what).encode()
    str(error).encode()


def test_a_module_that_was_broken_on_purpose_is_not_written_out():
    """`str` of it runs the code of its class."""
    broken = models.ShallowMLP(2, seed=0)
    broken.layers[0].in_features = object()
    error = _raised({"kind": "ValueError", "text": broken, "trace": broken})
    assert str(error) == ""


def test_a_line_is_one_of_a_cell():
    lines = {line: _raised({"line": line}).described["line"] for line in (-1, 0, 1, 999, 10**3000)}
    assert lines == {-1: None, 0: None, 1: 1, 999: 999, 10**3000: None}


def test_texts_are_cut():
    error = _raised({"kind": "KeyError", "text": "a" * 10**6, "trace": "b" * 10**6})
    assert len(error.described["text"]) == checks.LONGEST_MESSAGE
    assert len(error.described["trace"]) == checks.LONGEST_TRACE
