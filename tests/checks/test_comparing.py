"""Checks: two parts to every message, and nothing but CheckFailed whatever is returned."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.checks import Check, CheckFailed

few = settings(max_examples=50, deadline=None)


class RaisesAsArray:
    def __array__(self, dtype=None, copy=None):
        raise KeyError("no array")


class RaisesOnEveryAttribute:
    def __getattr__(self, name):
        raise ZeroDivisionError(name)


class LooksLikeATensor:
    def detach(self):
        return None


class LiesAboutItsLength:
    def __len__(self):
        return 10**6

    def __getitem__(self, i):
        raise RuntimeError("nothing here")


endless: list = []
endless.append(endless)
one, pair = torch.ones(1), torch.ones(2)

NOT_NUMBERS = {
    "None": None, "text": "text", "digits": "3.5", "list of digits": ["3", "4"], "bytes": b"12",
    "array of digits": np.array(["3", "4"]), "callable": lambda: 3, "class": torch.Tensor,
    "object": object(), "dict": {1: 2.0}, "set": {1, 2}, "generator": (i for i in range(3)),
    "module": torch.nn.Linear(1, 1), "ragged": [[1], [1, 2]], "ragged tensors": [one, pair],
    "mixed": [1, "two", None], "endless": endless, "nan": float("nan"), "inf": [1, float("inf")],
    "nan tensor": torch.tensor([1.0, torch.nan]), "None in a list": [None],
    "complex": 1j, "complex list": [1j, 2], "complex array": np.array([1j]),
    "complex tensor": torch.tensor([1j]), "conjugate": torch.tensor([1j]).conj(),
    "huge": 10**400, "huge in a list": [1, 10**400], "sparse": torch.eye(2).to_sparse(),
    "nowhere": torch.ones(2, device="meta"), "date": np.datetime64("2020-01-01"),
    "raises as array": RaisesAsArray(), "raises on attributes": RaisesOnEveryAttribute(),
    "looks like a tensor": LooksLikeATensor(), "lies": LiesAboutItsLength(),
}  # fmt: skip
nasty = pytest.mark.parametrize("value", NOT_NUMBERS.values(), ids=NOT_NUMBERS)

NUMBERS = {
    "list": lambda: [[3, 4]],
    "tuple": lambda: ((3.0, 4.0),),
    "integers": lambda: torch.tensor([[3, 4]]),
    "float32": lambda: np.array([[3, 4]], dtype=np.float32),
    "float64": lambda: np.array([[3.0, 4.0]]),
    "tensor": lambda: torch.tensor([[3.0, 4.0]], dtype=torch.float64),
    "parameter": lambda: torch.nn.Parameter(torch.tensor([[3.0, 4.0]], dtype=torch.float64)),
    "result of a graph": lambda: torch.ones(1, 2, requires_grad=True) * torch.tensor([3.0, 4.0]),
    "list of tensors": lambda: [[torch.tensor(3.0, requires_grad=True), 4]],
    "list of arrays": lambda: [np.array([3.0, 4.0])],
}
fine = pytest.mark.parametrize("make", NUMBERS.values(), ids=NUMBERS)


def snapshot(value):
    """All there is to see of a value."""
    if isinstance(value, (list, tuple)):
        return type(value), *map(snapshot, value)
    attributes = ("dtype", "requires_grad", "is_leaf")
    numbers = value.tolist() if hasattr(value, "tolist") else value
    return numbers, *(getattr(value, name, None) for name in attributes)


@nasty
def test_what_is_not_finite_numbers_fails_and_raises_nothing_else(value):
    check = Check("answer")
    for compare in (
        lambda: check.array(value),
        lambda: check.array(value, shape=(2,), why="two numbers"),
        lambda: check.close(value, [1.0, 2.0], why="they are one and two"),
        lambda: check.differs(value, [1.0, 2.0], why="one and two is a misconception"),
    ):
        with pytest.raises(CheckFailed, match=r"^answer: "):
            compare()


@fine
def test_numbers_in_any_dress_pass_and_nothing_that_is_compared_changes(make):
    check, value = Check("answer"), make()
    array = check.array(value, shape=(1, 2))
    assert (array.dtype, array.tolist()) == (np.float64, [[3.0, 4.0]])
    check.close(value, [[3, 4]], why="three and four")
    check.differs(value, [[4, 3]], why="the wrong way round")
    check.differs(value, [3, 4], why="another shape is another answer")
    array += 100  # what came back is the check's own
    assert snapshot(value) == snapshot(make())


def test_the_check_keeps_what_it_read_when_the_model_trains_on():
    weight = torch.nn.Parameter(torch.zeros(3, dtype=torch.float64))
    before = Check("train").array(weight)
    with torch.no_grad():
        weight += 1
    Check("train").close(before, [0, 0, 0], why="read before the step")


def failure(method: str, *args, **kwargs) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        getattr(Check("answer"), method)(*args, **kwargs)
    return caught.value


def shown(numbers: list[int]) -> set[str]:
    return {str(number) for number in numbers}


digits = st.lists(st.integers(1000, 9999), min_size=1, max_size=5, unique=True)


@few
@given(digits)
def test_expected_and_received_values_stand_in_the_second_part_only(expected):
    received = [10 * number for number in expected]
    error = failure("close", received, expected, why="look at the units")
    assert error.public == "answer: wrong values: look at the units."
    assert set(re.findall(r"\d+", error.values)) >= shown(expected) | shown(received)
    assert str(error) == f"{error.public}\n{error.values}"


@few
@given(digits)
def test_a_misconception_is_named_without_its_values(wrong):
    error = failure("differs", wrong, wrong, why="this is twice the mean: is n missing?")
    assert error.public == "answer: this is twice the mean: is n missing?"
    assert set(re.findall(r"\d+", error.values)) == shown(wrong)


@few
@given(st.lists(st.integers(0, 4), max_size=3), st.lists(st.integers(0, 4), max_size=3))
def test_a_wrong_shape_is_told_with_its_reason(received, expected):
    if received == expected:
        Check("answer").array(np.ones(received), shape=tuple(expected))
        return
    error = failure("array", np.ones(received), shape=tuple(expected), why="a row per input")
    assert error.public == "answer: wrong shape: a row per input."
    assert error.values == f"Expected {tuple(expected)}\nReceived {tuple(received)}"


@nasty
def test_the_public_part_does_not_hold_what_was_expected(value):
    error = failure("close", value, [731.25, 8642.5], why="the mean")
    assert not re.search("731|8642", error.public)


def test_a_missing_return_is_recognised():
    assert "is a `return` missing?" in failure("array", None).public


@pytest.mark.parametrize("condition", [False, 0, None, [], np.False_, torch.tensor(False)])
def test_a_condition_that_does_not_hold_fails_with_its_reason(condition):
    assert failure("true", condition, "the model should move").public == (
        "answer: the model should move."
    )
    Check("answer").true(not condition, "holds")


@few
@given(st.floats(-1e3, 1e3), st.floats(0, 0.99), st.booleans(), st.floats(0, 0.1))
def test_close_means_within_atol_plus_rtol_times_expected(expected, part, above, rtol):
    bound = 1e-3 + rtol * abs(expected)
    sign = 1 if above else -1
    near, far = expected + sign * part * bound, expected + sign * (2 - part) * bound
    Check("answer").close(near, expected, why="near", rtol=rtol, atol=1e-3)
    failure("close", far, expected, why="far", rtol=rtol, atol=1e-3)


def test_one_wrong_entry_among_many_is_enough():
    right = np.arange(1000.0)
    wrong = right.copy()
    wrong[567] += 1
    Check("answer").close(right, right, why="equal")
    assert len(failure("close", wrong, right, why="one is off").values) < 500  # not all of them


class Answers:
    phi = 3.0

    def forward(self):
        return 1.0


@pytest.mark.parametrize(
    ("name", "said"),
    [("one", "no function but a Tensor"), ("NUMBERS", "no function but a dict"),
     ("Answers", "no function but a class"), ("Answers.phi", "no function but a float"),
     ("pair.phi", "no class but a Tensor")],
)  # fmt: skip
def test_a_name_that_is_no_function_is_told_before_it_is_called(name, said):
    with pytest.raises(CheckFailed, match=rf"^{name}: it is {said}: "):
        Check(name)


@pytest.mark.parametrize("name", ["snapshot", "Answers.forward", "Answers.missing", "not_there"])
def test_a_function_is_taken_and_a_missing_name_left_to_python(name):
    assert Check(name).name == name


def test_what_is_lent_comes_back_as_it_was():
    def answer(array, tensor, *, pairs):
        array[:], pairs[0][:] = 7, 7
        return tensor.mul_(2).requires_grad_(), None

    array, tensor, pairs = np.ones(2), torch.ones(2), [np.ones(2)]
    result, nothing = Check("answer").lend(answer)(array, tensor, pairs=pairs)
    assert (array.tolist(), tensor.tolist(), pairs[0].tolist()) == ([1, 1], [1, 1], [1, 1])
    assert (result.tolist(), result.requires_grad, nothing) == ([2, 2], False, None)


@pytest.mark.parametrize(("dtype", "said"), [(np.float32, True), (np.float64, False)])
def test_values_that_miss_by_rounding_are_told_their_type(dtype, said):
    check = Check("answer")
    third = check.array(np.array(1 / 3, dtype=dtype)) + 1e-7
    with pytest.raises(CheckFailed) as caught:
        check.close(third, 1 / 3, rtol=1e-9, atol=0, why="a third")
    assert ("float32" in caught.value.public) is said
    with pytest.raises(CheckFailed, match=r"a third\.\n"):
        check.close(0.5, 1 / 3, why="a third")  # this is no rounding
