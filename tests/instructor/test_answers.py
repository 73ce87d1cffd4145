"""The answer banks, run against the checks: nothing right costs a point, nothing wrong passes."""

import importlib
import inspect
import pkgutil
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace

import matplotlib.pyplot as plt
import nbformat
import pytest
import torch

import course_utils
from course_utils.checks import CheckFailed
from course_utils.instructor.markup import Exercise
from tests import bank

EXERCISES = {name: bank.load(name) for name in bank.EXERCISES}
ANSWERS = [(name, cell.name) for name, exercise in EXERCISES.items()
           for cell in exercise.cells if cell.role == "exercise"]  # fmt: skip
RIGHT = [answer for name in EXERCISES for answer in bank.answers(name, "right")]
WRONG = [answer for name in EXERCISES for answer in bank.answers(name, "wrong")]
HARD_CODED = [answer for answer in WRONG if answer.path.stem.startswith("hard_coded")]

each_exercise = pytest.mark.parametrize("assignment", EXERCISES)
each_answer = pytest.mark.parametrize(("assignment", "name"), ANSWERS)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Answers may write files, open figures and draw from the global generator: keep it here."""
    monkeypatch.chdir(tmp_path)
    plt.switch_backend("agg")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        yield
    plt.close("all")


def failures(exercise: Exercise, replacements: dict[str, str]) -> dict[str, Exception]:
    """The checks that fail. Warnings in a student's code cost nothing, so they are no errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        errors = bank.run_checks(exercise, replacements)
    assert set(errors) == {cell.name for cell in exercise.cells if cell.role == "check"}
    return {check: error for check, error in errors.items() if error is not None}


def released(assignment: str) -> dict[str, str]:
    """What students get, cell by cell: stubs for the answers, checks without their hidden part."""
    path = bank.ROOT / "exercises" / assignment / f"{assignment}.ipynb"
    return {cell.id: cell.source for cell in nbformat.read(path, as_version=4).cells}


# A layer's weights are drawn from the global generator: no draw may fail a right answer.
@pytest.mark.parametrize("seed", [0, 125])  # with 125 no output is negative
@each_exercise
def test_the_solution_passes_every_check_in_silence(assignment, seed, capfd):
    torch.manual_seed(seed)
    errors = bank.run_checks(EXERCISES[assignment], {})
    assert errors
    assert {check: error for check, error in errors.items() if error} == {}
    assert capfd.readouterr().err == ""  # stock nbgrader gives no points for a warning


@each_exercise
def test_the_stubs_fail_every_check(assignment):
    texts = released(assignment)
    stubs = {name: texts[name] for exercise, name in ANSWERS if exercise == assignment}
    errors = bank.run_checks(EXERCISES[assignment], stubs)
    assert {type(error) for error in errors.values()} == {NotImplementedError}


@each_exercise
def test_every_answer_has_a_bank(assignment):
    for answers, least in [(RIGHT, 3), (WRONG, 6), (HARD_CODED, 1)]:
        banked = [answer.name for answer in answers if answer.assignment == assignment]
        names = {name for exercise, name in ANSWERS if exercise == assignment}
        assert set(banked) == names
        assert min(banked.count(name) for name in names) >= least


@pytest.mark.parametrize("answer", RIGHT, ids=str)
def test_a_right_answer_loses_nothing(answer):
    assert failures(EXERCISES[answer.assignment], {answer.name: answer.source}) == {}


@pytest.mark.parametrize("answer", WRONG, ids=str)
def test_a_wrong_answer_fails_where_it_should_and_learns_why(answer):
    errors = failures(EXERCISES[answer.assignment], {answer.name: answer.source})
    messages = {check: bank.public_message(error) for check, error in errors.items()}
    assert answer.message
    assert set(errors) == answer.fails, messages
    assert answer.message in next(iter(messages.values()))
    assert_nothing_leaks(errors)


@pytest.mark.parametrize("answer", HARD_CODED, ids=str)
def test_a_hard_coded_answer_falls_to_the_hidden_tests_alone(answer):
    visible = {name: text for name, text in released(answer.assignment).items()
               if name.startswith("check_")}  # fmt: skip
    replacements = visible | {answer.name: answer.source}
    assert failures(EXERCISES[answer.assignment], replacements) == {}


@each_answer
def test_no_public_callable_of_the_course_is_an_answer(assignment, name):
    exercise = only_checks_of(EXERCISES[assignment], name)
    passed = []
    for path in CALLABLES:
        for replacements in offers(exercise, name, path):
            errors = failures(exercise, replacements)
            plt.close("all")
            assert_nothing_leaks(errors)
            if not errors:
                passed.append((path, replacements))
    assert passed == []


@each_answer
def test_an_answer_that_is_offered_in_the_same_way_passes(assignment, name):
    """Otherwise the test above would hold for any callable at all."""
    exercise = only_checks_of(EXERCISES[assignment], name)
    target = ".".join(filter(None, owner_and_function(exercise, name)))
    assert failures(exercise, next(offers(exercise, name, target))) == {}


def test_functions_classes_and_methods_are_offered():
    assert {
        "course_utils.training.descent.train",
        "course_utils.data.regression.middle",
        "course_utils.models.fully_connected.SinusoidalModel",
        "course_utils.models.fully_connected.SinusoidalModel.features",
    } <= set(CALLABLES)
    assert not any("instructor" in path or "._" in path for path in CALLABLES)
    for path, value in CALLABLES.items():  # though a figure's function hides its module by its name
        namespace: dict[str, object] = {}
        exec(taking(path), namespace)
        assert namespace["offered"] is value, path


def assert_nothing_leaks(errors: dict[str, Exception]) -> None:
    """Of a hidden check students see the public part: no expected value stands in it."""
    for error in errors.values():
        if isinstance(error, CheckFailed):
            assert not re.search("Expected|Received", error.public), error.public


def public_callables() -> Iterator[tuple[str, object]]:
    """The course's public functions, classes and methods by their dotted names."""
    for info in pkgutil.walk_packages(course_utils.__path__, "course_utils."):
        if "._" in info.name or info.name.startswith("course_utils.instructor"):
            continue
        for name, value in vars(importlib.import_module(info.name)).items():
            known = inspect.isfunction(value) or inspect.isclass(value)
            if name.startswith("_") or not known or value.__module__ != info.name:
                continue
            yield f"{info.name}.{name}", value
            for method in vars(value) if inspect.isclass(value) else ():
                if not method.startswith("_") and callable(getattr(value, method)):
                    yield f"{info.name}.{name}.{method}", getattr(value, method)


CALLABLES = dict(public_callables())


def only_checks_of(exercise: Exercise, name: str) -> Exercise:
    """The exercise without the checks of other answers."""
    names = [cell.name for cell in exercise.cells if cell.role == "exercise"]

    def belongs(check: str) -> bool:
        fits = [n for n in names if f"{check}_".startswith(f"check_{n}_")]
        return max(fits, key=len) == name

    cells = (c for c in exercise.cells if c.role != "check" or belongs(c.name))
    return replace(exercise, cells=tuple(cells))


def owner_and_function(exercise: Exercise, name: str) -> tuple[str, str]:
    """("LinSin", "phi") for the answer LinSin_phi, ("", "train") for train."""
    sources = "\n".join(cell.source for cell in exercise.cells if cell.role == "exercise")
    for owner in re.findall(r"^class (\w+)", sources, re.MULTILINE):
        if name.startswith(f"{owner}_"):
            return owner, name.removeprefix(f"{owner}_")
    return "", name


def taking(path: str) -> str:
    """Source that gets what a dotted name says: of a module, or of the answers themselves."""
    places = [path[: dot.start()] for dot in re.finditer(r"\.", path)]
    module = max((place for place in places if place in sys.modules), key=len, default="")
    if not module:
        return f"offered = {path}\n"
    inside = path.removeprefix(f"{module}.")
    get = f"operator.attrgetter({inside!r})(sys.modules[{module!r}])"
    return f"import operator, sys\noffered = {get}\n"


def offers(exercise: Exercise, name: str, path: str) -> Iterator[dict[str, str]]:
    """Ways to put a callable where the answer should be, as replaced cells."""
    owner, function = owner_and_function(exercise, name)
    solution = next(cell.source for cell in exercise.cells if cell.name == name)
    take = taking(path)
    target = f"{owner}.{function}" if owner else name
    yield {name: f"{solution}\n{take}{target} = offered"}
    if owner:  # a method may want the object, or not
        yield {name: f"{solution}\n{take}{target} = lambda self, *args: offered(*args)"}
    if owner and f"class {owner}" in solution and inspect.isclass(CALLABLES.get(path)):
        # A subclass, since the cells below assign to it.
        yield {name: f"{take}class {owner}(offered):\n    pass"}
