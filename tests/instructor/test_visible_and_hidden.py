"""The two parts of each check agree, and the visible one gives nothing of the hidden one away."""

import warnings

import matplotlib.pyplot as plt
import nbformat
import pytest
import torch

from course_utils.checks import CheckFailed
from tests import bank
from tests.audit import parts
from tests.audit.replay import ADVERSARIES, Recorder, put, taken
from tests.audit.trial import checks_of

EXERCISES = {name: bank.load(name) for name in bank.EXERCISES}
CHECKS = [
    (name, cell.name, check)
    for name, exercise in EXERCISES.items()
    for cell in exercise.cells
    if cell.role == "exercise"
    for check in checks_of(exercise, cell.name)
]
GAPS = {
    "birth_death/reinject/all_kept_where_all_die": "not all die in any hidden run",
    "birth_death/takeover_time/nan_for_one": "no hidden run of one particle",
    "birth_death/takeover_time/two_never_change": "no hidden run of two particles",
    "exact_solutions/escape_time/nan_from_above": "no hidden start above the aim",
    "exact_solutions/escape_time/negative_from_above": "no hidden start above the aim",
    "gradient_flow/largest_stable_rate/largest_size_but_inf": "no hidden point with signs mixed",
    "gradient_flow/largest_stable_rate/least_rate_of_both": "no hidden point with signs mixed",
    "linear_networks/gradients_from_moments/below_not_transposed": "no hidden pair of layers",
    "scaling/criterion/spectral": "no hidden array with two singular values",
    "tangent_kernel/steps_to_reach/first_step_for_free": "no hidden count of few steps",
}
"""Wrong answers that only a visible part catches, and what its hidden part lacks."""
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


@pytest.mark.parametrize("kind", ADVERSARIES, ids=lambda kind: kind.__name__)
@each_check
def test_what_the_visible_part_shows_does_not_pass_the_hidden_part(assignment, answer, check, kind):
    exercise = EXERCISES[assignment]
    own, others = recorded(exercise, answer, check)
    torch.manual_seed(0)
    namespace = parts.answered(exercise, {})
    put(namespace, answer, kind(own, others, taken(namespace, answer)))
    visible, hidden = parts.split(check)
    assert parts.error_of(check.name, visible, namespace) is None
    error = parts.error_of(check.name, hidden, namespace)
    assert isinstance(error, CheckFailed), repr(error)


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
    gaps = {gap for gap in GAPS if gap.startswith(f"{assignment}/{answer}/")}
    assert only_visible == gaps, "mend the hidden part; what is mended leaves the list"
