"""The two parts of each check agree, and the visible one gives nothing of the hidden one away."""

import contextlib
import warnings
from dataclasses import replace

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import pytest
import torch

from course_utils.checks import CheckFailed
from tests import bank
from tests.audit import parts
from tests.audit.replay import ADVERSARIES, Equal, InTurn, Nearest, Recorder, put, taken
from tests.audit.trial import checks_of

EXERCISES = {name: bank.load(name) for name in bank.EXERCISES}
CHECKS = [
    (name, cell.name, check)
    for name, exercise in EXERCISES.items()
    for cell in exercise.cells
    if cell.role == "exercise"
    for check in checks_of(exercise, cell.name)
]
each_check = pytest.mark.parametrize(
    ("assignment", "answer", "check"),
    CHECKS,
    ids=[f"{assignment}-{check.name}" for assignment, _, check in CHECKS],
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Answers may write files, open figures, warn and draw from the global generator."""
    monkeypatch.chdir(tmp_path)
    plt.switch_backend("agg")
    with torch.random.fork_rng(devices=[]), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.manual_seed(0)
        yield
    plt.close("all")


def recorded(exercise, answer, check):
    """The calls of the solution in the visible part; beside them those in the answer's others."""
    calls = []
    for one in sorted(checks_of(exercise, answer), key=lambda other: other is not check):
        torch.manual_seed(0)
        namespace = parts.answered(exercise, {})
        recorder = Recorder(taken(namespace, answer))
        put(namespace, answer, recorder)
        assert parts.error_of(one.name, parts.split(one)[0], namespace) is None
        calls.append(recorder.calls)
    own, *others = calls
    assert own
    return own, [call for more in others for call in more]


def replayed(exercise, answer, check, below):
    """What adversaries that pass the visible part meet in a text below it, by their names."""
    calls, errors = recorded(exercise, answer, check), {}
    for kind in ADVERSARIES:
        torch.manual_seed(0)
        namespace = parts.answered(exercise, {})
        put(namespace, answer, kind(*calls, taken(namespace, answer)))
        assert parts.error_of(check.name, parts.split(check)[0], namespace) is None
        torch.manual_seed(0)
        errors[kind.__name__] = parts.error_of(check.name, below, namespace)
    return errors


@each_check
def test_what_the_visible_part_shows_does_not_pass_the_hidden_part(assignment, answer, check):
    hidden = parts.split(check)[1]
    errors = replayed(EXERCISES[assignment], answer, check, hidden)
    assert {type(error) for error in errors.values()} == {CheckFailed}, errors


@each_check
def test_it_would_pass_if_the_hidden_part_asked_the_same_again(assignment, answer, check):
    """Otherwise the test above would hold for any adversary at all."""
    visible = parts.split(check)[0]
    errors = replayed(EXERCISES[assignment], answer, check, visible)
    assert set(errors.values()) == {None}, errors


@each_check
def test_the_stub_fails_both_parts(assignment, answer, check):
    exercise = EXERCISES[assignment]
    path = bank.ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    texts = {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}
    stub = {answer: texts[answer]}
    assert texts[check.name].strip() == parts.split(check)[0].strip()
    assert isinstance(parts.visible_error(exercise, check, stub), NotImplementedError)
    assert isinstance(parts.hidden_error(exercise, check, stub), NotImplementedError)


@each_check
def test_what_passes_the_hidden_part_passes_the_visible_one(assignment, answer, check):
    exercise, only_visible = EXERCISES[assignment], set()
    for wrong in bank.answers(assignment, "wrong"):
        replaced = {answer: wrong.source}
        if wrong.name != answer or not parts.visible_error(exercise, check, replaced):
            continue
        if not parts.hidden_error(exercise, check, replaced):
            only_visible.add(f"{assignment}/{answer}/{wrong.path.stem}")
    assert only_visible == set(), "its hidden part lacks a case"


@pytest.mark.parametrize(
    "source",
    [
        "check = 1",
        f"check = 1\n{parts.BEGIN}\ncheck = 2",
        f"{parts.BEGIN}\ncheck = 2\n{parts.END}\ncheck = 1",
        f"{parts.BEGIN}\nx = 2\n{parts.END}\n{parts.BEGIN}\nx = 2\n{parts.END}\nx = 1",
        f"if True:\n    {parts.BEGIN}\n    check = 2\n    {parts.END}",
    ],
)
def test_a_check_without_two_parts_is_named(source):
    with pytest.raises(ValueError, match=r"check_f: its hidden part"):
        parts.split(replace(CHECKS[0][2], source=source, name="check_f"))


def test_a_hidden_part_has_the_names_and_numbers_of_the_visible_one_but_not_its_answer():
    visible = "rng = [1, 2]\nassert f() == rng.pop()"
    check = replace(CHECKS[0][2], name="check_f", source="\n".join(
        [visible, parts.BEGIN, "assert rng == [1]", "assert f() == 3", parts.END]))  # fmt: skip
    answer = replace(check, role="exercise", name="f", source="def f(): return 2")
    exercise = replace(EXERCISES["scaling"], cells=(answer, check))
    three = {"f": "def f(): return 3"}
    assert isinstance(parts.visible_error(exercise, check, three), AssertionError)
    assert parts.hidden_error(exercise, check, three) is None
    assert isinstance(parts.hidden_error(exercise, check, {}), AssertionError)
    broken = replace(answer, source=three["f"])
    with pytest.raises(ValueError, match="the solution fails"):
        parts.hidden_error(replace(exercise, cells=(broken, check)), check, {})


def replays(kind, function, first, *then):
    """Record calls with the arguments of `first`, then let an adversary answer the others."""
    recorder = Recorder(function)
    for arguments in first:
        with contextlib.suppress(ArithmeticError):
            recorder(arguments)
    adversary = kind(recorder.calls, [], function)
    return [adversary(arguments) for arguments in then]


def test_adversaries_choose_their_call():
    asked = [{"x": 1.0}, {"x": 5.0}, {"x": [2.0]}]
    then = {"x": 1.0}, {"x": 4.0}, {"x": [9.0]}

    def double(x):
        return [2 * one for one in x] if isinstance(x, list) else 2 * x

    assert replays(Equal, double, asked, *then) == [2, [4], [4]]
    assert replays(InTurn, double, asked[:2], *then) == [2, 10, 2]
    assert replays(Nearest, double, asked, *then) == [2, 10, [4]]


def test_adversaries_fit_shapes_and_raise_again():
    def inverse(x):
        if not x.all():
            raise ZeroDivisionError
        return 1 / x

    asked = [{"x": np.array([2.0, 4.0])}, {"x": np.zeros(2)}]
    [result] = replays(Nearest, inverse, asked, {"x": np.full((2, 3), 3.0)})
    assert (result == [[0.5, 0.25, 0.5], [0.25, 0.5, 0.25]]).all()
    with pytest.raises(ZeroDivisionError):
        replays(Equal, inverse, asked, {"x": np.zeros(2)})


def test_adversaries_leave_a_model_as_training_left_it_and_pass_on_gradients():
    def step(model, seen):
        seen.append(1.0)
        with torch.no_grad():
            model.weight.mul_(2)

    model, other, seen = torch.nn.Linear(2, 1), torch.nn.Linear(2, 1), []
    replays(InTurn, step, [{"model": model, "seen": []}], {"model": other, "seen": seen})
    assert torch.equal(model.weight, other.weight)
    assert seen == []  # a list keeps its length

    def forward(self, x):
        return self(x)

    x = torch.tensor([[1.0, -3.0], [2.0, 2.0]])
    for kind in ADVERSARIES:
        [output] = replays(kind, forward, [{"self": model, "x": x}], {"self": model, "x": x})
        assert torch.equal(output, model(x))
        found = torch.autograd.grad(output[1].sum(), model.weight)[0]
        assert torch.equal(found, x[1:])
