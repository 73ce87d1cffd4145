"""Nonsense given to a check gets a message: each graded answer, with each way to go wrong.

All cells run in one namespace, as in a kernel, once. Then the solution of one answer is wrapped so
that it misbehaves, and its own checks run, hidden parts too. Either they pass, where that is fair,
or they end in `CheckFailed`, or in what the answer itself raised. Nothing may come from inside the
check. The solutions' results are the material: nobody wrote 45 sets of wrong ones.
"""

import functools
import re
import warnings
from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest
import torch

from course_utils.checks import CheckFailed
from course_utils.instructor.markup import Exercise
from tests import bank
from tests.audit.trial import checks_of

STUDENT, LONGEST = "answer of a student", 300


def graded() -> list[tuple[str, str]]:
    found = []
    for assignment in bank.EXERCISES:
        exercise = bank.load(assignment)
        found += [(assignment, c.name) for c in exercise.cells if c.role == "exercise"]
    return found


@functools.cache
def solved(assignment: str) -> tuple[Exercise, dict[str, Any]]:
    """The exercise, and what set-up and solutions define."""
    exercise, namespace = bank.load(assignment), {"__name__": "__main__"}
    for cell in exercise.cells:
        if cell.role in ("setup", "exercise"):
            exec(compile(cell.source, cell.name, "exec"), namespace)
    return exercise, namespace


def place(namespace: dict[str, Any], name: str) -> tuple[Any, str]:
    """Where an answer stands: in the namespace, or in a class that stands there."""
    if name in namespace:
        return namespace, name
    owner, _, method = name.partition("_")
    return namespace[owner], method


def each(change: Callable[[Any], Any], result: Any) -> Any:
    """All numbers and arrays of a result, changed; objects of classes stay."""
    if isinstance(result, tuple | list) and not hasattr(result, "_fields"):
        return type(result)(each(change, part) for part in result)
    if isinstance(result, np.ndarray | torch.Tensor | np.number | float | int):
        return change(result)
    return result


def array(value: Any) -> Any:
    return value.detach().numpy() if isinstance(value, torch.Tensor) else np.asarray(value)


def as_object(value: Any) -> Any:
    return array(value).astype(object)


def full(number: float) -> Callable[[Any], Any]:
    return lambda value: np.full(np.shape(array(value)), number)


def wants_gradient(value: Any) -> Any:
    return torch.tensor(array(value), dtype=torch.float64, requires_grad=True)


def one_row_more(value: Any) -> Any:
    a = np.atleast_1d(array(value))
    return np.concatenate([a, a[:1]])


def overwritten(f: Callable) -> Callable:
    """It leaves nonsense in the arrays that it was given."""

    def answer(*args: Any, **kwargs: Any) -> Any:
        result = each(lambda v: v.copy() if isinstance(v, np.ndarray) else v, f(*args, **kwargs))
        for given in [*args, *kwargs.values()]:
            if isinstance(given, np.ndarray) and given.flags.writeable:
                given[...] = 7
            elif type(given) is torch.Tensor and not given.requires_grad:
                given.fill_(7)
        return result

    return answer


def gives(change: Callable[[Any], Any]) -> Callable[[Callable], Callable]:
    return lambda f: lambda *args, **kwargs: change(f(*args, **kwargs))


def all_of(change: Callable[[Any], Any]) -> Callable[[Callable], Callable]:
    return gives(functools.partial(each, change))


def moody(f: Callable) -> Callable:
    turns, kinds = count(), (array, wants_gradient, lambda v: array(v).tolist())
    return lambda *args, **kwargs: each(kinds[next(turns) % 3], f(*args, **kwargs))


def printing(f: Callable) -> Callable:
    def answer(*args: Any, **kwargs: Any) -> Any:
        print("looking")
        return f(*args, **kwargs)

    return answer


# As a student writes them: the frame of what they raise is that of the student's cell.
THEIRS = """
def raises(*args, **kwargs):
    raise ValueError("my own")
def too_few():
    return 0
class Thing:
    pass
"""
theirs: dict[str, Any] = {}
exec(compile(THEIRS, STUDENT, "exec"), theirs)

# What cannot pass, and what may: right values in another dress, which a check may still refuse.
NONSENSE: dict[str, Callable[[Callable], Any]] = {
    "an int": lambda f: 3,
    "a string for a function": lambda f: "the answer",
    "a class": lambda f: theirs["Thing"],
    "raises": lambda f: theirs["raises"],
    "too few arguments": lambda f: theirs["too_few"],
    "None": gives(lambda result: None),
    "string": gives(lambda result: "0.5"),
    "generator": gives(lambda result: (i for i in range(3))),
    "dict": gives(lambda result: {"result": result}),
    "a function": gives(lambda result: array),
    "a big tensor": gives(lambda result: torch.ones(50, 50, 2)),
}
IN_PART: dict[str, Callable[[Callable], Any]] = {
    "nan": all_of(full(np.nan)),
    "inf": all_of(full(np.inf)),
    "None within": all_of(lambda v: None),
    "too long": gives(lambda r: (*r, 1.0) if isinstance(r, tuple) else (r, 1.0)),
    "transposed": all_of(lambda v: array(v).T),
    "one row more": all_of(one_row_more),
    "scalar": all_of(lambda v: 0.5),
    "complex": all_of(lambda v: array(v) + 1j),
    "objects": all_of(as_object),
}
DRESS: dict[str, Callable[[Callable], Any]] = {
    "list": all_of(lambda v: array(v).tolist()),
    "wants a gradient": all_of(wants_gradient),
    "float32": all_of(lambda v: array(v).astype(np.float32)),
    "another type each call": moody,
    "prints": printing,
    "overwrites its arguments": overwritten,
}
NOT_NAMED = {
    "train": "compares with one step of the answer's own gradients, by a condition",
    "ScaledModel_forward": "says that it was no tensor",
}
"""Answers in float32 that hear something else, and why."""
TABLE = {**NONSENSE, **IN_PART, **DRESS}


def outcome(assignment: str, name: str, misbehave: Callable[[Callable], Any]) -> Any:
    """What the first failing check of the answer raises; None if all pass."""
    exercise, clean = solved(assignment)
    namespace = dict(clean)
    holder, key = place(namespace, name)
    if holder is namespace:
        namespace[key] = misbehave(namespace[key])
    else:
        changed = {key: misbehave(getattr(holder, key))}
        namespace[holder.__name__] = type(holder.__name__, (holder,), changed)
    for check in checks_of(exercise, name):
        try:
            exec(compile(check.source, check.name, "exec"), dict(namespace))
        except Exception as error:
            return error
    return None


def complaint(error: Exception | None, name: str, kind: str) -> str:
    """What is wrong with how the checks took it; empty if nothing is."""
    if error is None:
        return "passed" if kind in NONSENSE else ""
    if not isinstance(error, CheckFailed):
        frames = error.__traceback__
        while frames is not None and frames.tb_next:
            frames = frames.tb_next
        theirs = frames is not None and frames.tb_frame.f_code.co_filename == STUDENT
        # Python itself says which function was called with too many arguments.
        too_few = kind == "too few arguments" and str(error).startswith("too_few() ")
        return "" if theirs or too_few else f"{type(error).__name__}: {error}"
    public = error.public
    if not re.match(rf"{name.replace('_', '[_.]')}\b", public):
        return f"does not begin with its name: {public}"
    if (
        "\n" in public
        or len(public) > LONGEST
        or re.search(r"0x[0-9a-f]{6}|tensor\(|array\(", public)
    ):
        return f"no readable line: {public}"
    if kind == "float32" and name not in NOT_NAMED and "float32" not in public:
        return f"no word of float32: {public}"
    if kind in ("prints", "overwrites its arguments"):
        told = kind != "prints" and re.search("argument|it changed", public)
        return "" if told else f"blamed: {public}"
    return ""


@pytest.mark.parametrize(("assignment", "name"), graded())
def test_nonsense_gets_a_message(assignment, name):
    complaints = {}
    for kind, misbehave in TABLE.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of NumPy, in the values of a wrong answer
            if said := complaint(outcome(assignment, name, misbehave), name, kind):
                complaints[kind] = said
    assert not complaints, "\n".join(f"{kind}: {said}" for kind, said in complaints.items())
