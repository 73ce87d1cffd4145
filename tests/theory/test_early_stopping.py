"""The risk over time against gradient descent, averaged over the noise without sampling."""

import re
from dataclasses import replace

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import EarlyStopping, aligned_step_sizes
from tests.theory.simulation import assert_close

few = settings(max_examples=25, deadline=None)
seeds = st.integers(0, 2**32 - 1)
RISK = 1e-11
"""What the course promises of the risk over time, as a share of it."""


def make_model(seed: int, **fields) -> EarlyStopping:
    """Up to five features; some without deviation, target or step, and one learned in one step."""
    rng = np.random.default_rng(seed)
    p = rng.integers(1, 6)
    sigma, theta = 10 ** rng.uniform(-1, 1, p), rng.normal(size=p)
    rates = np.where(rng.random(p) < 0.2, 1.0, 10 ** rng.uniform(-4, -0.01, p))
    values = {
        "deviations": np.where(rng.random(p) < 0.2, 0.0, sigma),
        "target": np.where(rng.random(p) < 0.2, 0.0, theta),
        "step_sizes": np.where(rng.random(p) < 0.2, 0.0, rates / sigma**2),
        "noise": rng.uniform(0, 2),
        "n": int(rng.integers(p, 20)),
    }
    return EarlyStopping(**values | fields)


def descended_risks(model: EarlyStopping, n_steps: int, seed: int) -> np.ndarray:
    """Descent of |X theta - y|^2 / (2 n) with X'X / n = diag(sigma^2) and y = X theta* + noise.

    theta is its mean plus B times the noise of the n labels, and both are stepped as they are.
    """
    p, n = len(model.deviations), model.n
    directions = np.linalg.qr(np.random.default_rng(seed).normal(size=(n, p)))[0]
    x = np.sqrt(n) * directions * model.deviations
    mean, b, risks = np.zeros(p), np.zeros((p, n)), []
    for _ in range(n_steps + 1):
        error = mean - model.target
        of_mean, of_noise = model.deviations**2 * error**2, model.deviations[:, None] ** 2 * b**2
        risks.append(model.noise**2 * (1 + of_noise.sum()) + of_mean.sum())
        mean = mean - model.step_sizes * (x.T @ (x @ error)) / n
        b = b - model.step_sizes[:, None] * (x.T @ (x @ b - np.eye(n))) / n
    return np.array(risks)


@few
@given(seeds)
def test_it_is_the_risk_of_gradient_descent(seed):
    model = make_model(seed)
    expected = descended_risks(model, 200, seed)
    assert_close(model.risk(np.arange(201)), expected, RISK, expected.max())
    risks = model.mode_risks(np.arange(6).reshape(2, 3))
    assert risks.shape == (2, 3, len(model.deviations))
    assert_close(model.noise**2 + risks.sum(axis=-1), expected[:6].reshape(2, 3), RISK, expected[0])
    assert_close(model.risk(3), expected[3], RISK, expected[0])


@pytest.mark.parametrize("rate", [1e-12, 1e-8, 1e-5, 1e-2, 0.5])
def test_long_runs_with_small_steps_keep_their_digits(rate):
    model = EarlyStopping([1.0], [1.0], noise=1.0, n=10, step_sizes=rate)
    with mpmath.workdps(50):
        for k in (1, 1000, 10**8):
            q = (1 - mpmath.mpf(rate)) ** k
            expected = float(q**2 + (1 - q) ** 2 / 10)
            assert_close(model.mode_risks(k)[0], expected, RISK)
        # Of a mode without signal even the first digit would go, in 1 - (1 - eta s^2)^k.
        silent, learned = replace(model, target=[0.0]), 1 - (1 - mpmath.mpf(rate)) ** 3
        assert_close(silent.mode_risks(3)[0], float(learned**2 / 10), RISK)


@few
@given(seeds)
def test_every_mode_is_at_its_best_at_its_best_step(seed):
    model = make_model(seed)
    best = model.best_steps
    assert best.shape == model.deviations.shape
    assert (best >= 0).all()
    still = model.deviations * model.step_sizes == 0
    in_time = np.where(np.isinf(best), 1e9, best)
    reached = np.diagonal(model.mode_risks(in_time))
    for k in [*np.geomspace(1e-3, 1e6, 400), 0, 1]:
        # A mode of which one step makes an end has no shares between 0 and 1.
        k = np.ceil(k) if (model.step_sizes * model.deviations**2 == 1).any() else k
        assert (reached <= model.mode_risks(k) * (1 + 1e-13) + 1e-300).all()
    silent = model.deviations * model.target == 0
    assert (best[silent] == 0).all()
    assert np.isinf(best[still & ~silent]).all()


def test_a_mode_learned_in_one_step_stops_after_it_or_before_it():
    fields = {"n": 10, "step_sizes": [1.0, 1.0, 0.25]}
    for noise, steps in [(0.1, [1, 0, 1]), (0.0, [1, 1, 1]), (10.0, [0, 0, 0])]:
        model = EarlyStopping([1.0, 1.0, 2.0], [1.0, 0.01, 1.0], noise=noise, **fields)
        assert (model.best_steps == steps).all()


@few
@given(seeds)
def test_without_noise_every_step_helps(seed):
    model = make_model(seed, noise=0.0)
    k = np.arange(100)
    q = (1 - model.step_sizes * model.deviations**2) ** k[:, None]
    expected = (model.deviations**2 * model.target**2 * q**2).sum(axis=1)
    assert_close(model.risk(k), expected, RISK, expected[0])
    assert (np.diff(model.risk(k)) <= 0).all()
    rates = model.step_sizes * model.deviations**2
    learning = (model.target * model.deviations != 0) & (rates < 1)
    assert np.isinf(model.best_steps[learning]).all()


@few
@given(seeds)
def test_without_a_target_every_step_hurts(seed):
    model = make_model(seed)
    model = replace(model, target=np.zeros_like(model.target))
    risks, moving = model.risk(np.arange(100)), model.step_sizes * model.deviations > 0
    assert (np.diff(risks) >= 0).all()
    assert risks[0] == pytest.approx(model.noise**2, rel=1e-15)
    end = model.noise**2 * (1 + moving.sum() / model.n)
    assert model.risk(1e9) == pytest.approx(end, rel=1e-12)
    assert (model.best_steps == 0).all()


def moving_parts(seed: int) -> dict:
    """Deviations and targets that all can be learned, noise, n."""
    rng = np.random.default_rng(seed)
    p = rng.integers(1, 6)
    deviations = 10 ** rng.uniform(-1, 1, p)
    target = rng.uniform(0.1, 2, p) * rng.choice([-1, 1], p) / deviations
    fields = {"noise": rng.uniform(0.1, 2), "n": int(rng.integers(p, 20))}
    return {"deviations": deviations, "target": target} | fields


@few
@given(seeds, st.floats(0.5, 1e9))
def test_aligned_step_sizes_end_all_modes_at_once_where_no_stopping_is_better(seed, best_step):
    parts = moving_parts(seed)
    sizes = aligned_step_sizes(*(parts.pop("deviations"), parts.pop("target")), **parts,
                               best_step=best_step)  # fmt: skip
    parts = moving_parts(seed)
    model = EarlyStopping(**parts, step_sizes=sizes)
    assert_close(model.best_steps, np.full(len(sizes), best_step))
    least = model.risk(best_step)
    before, after = (model.risk(best_step * f) for f in (np.linspace(0, 1, 50), np.linspace(1, 9)))
    assert (np.diff(before) < 0).all()
    assert (np.diff(after) >= 0).all()
    assert after[1] > least

    blur = model.noise**2 / model.n
    signal = (model.deviations * model.target) ** 2
    bound = model.noise**2 + (signal * blur / (signal + blur)).sum()  # each mode at its own best
    assert least == pytest.approx(bound, rel=1e-11)
    rng = np.random.default_rng(seed)
    for _ in range(5):
        others = rng.uniform(0, 1, len(sizes)) / model.deviations**2
        assert (replace(model, step_sizes=others).risk(np.arange(300)) >= least - 1e-12).all()


def test_modes_without_target_or_deviation_get_no_steps():
    sizes = aligned_step_sizes([1.0, 0.0, 2.0], [0.0, 1.0, 1.0], noise=1.0, n=10, best_step=3)
    assert (sizes[:2] == 0).all()
    assert 0 < sizes[2] < 1 / 4
    noiseless = aligned_step_sizes([1.0, 0.0, 2.0], [0.0, 1.0, 1.0], noise=0.0, n=10, best_step=3)
    assert (noiseless == [0, 0, 1 / 4]).all()


def test_double_descent_in_time_goes_with_aligned_step_sizes():
    parts = {"deviations": [3.0, 0.1], "target": [0.3, 10.0], "noise": 2.0, "n": 10}

    def turns(step_sizes):
        risks = EarlyStopping(**parts, step_sizes=step_sizes).risk(np.arange(3000))
        risen = np.sign(np.diff(risks))
        return np.count_nonzero(np.diff(risen[risen != 0]))

    assert turns(0.1) == 3  # falls, rises, falls, rises
    assert turns(aligned_step_sizes(**parts, best_step=100)) == 1


def test_the_arrays_given_can_change_afterwards():
    deviations = np.ones(2)
    model = EarlyStopping(deviations, [1.0, 2.0], noise=1.0, n=10, step_sizes=0.1)
    before = model.risk([0, 5])
    deviations += 1
    assert (model.risk([0, 5]) == before).all()


GOOD = {"deviations": [1.0, 2.0], "target": [1.0, 1.0], "noise": 1.0, "n": 10}
BAD = [(n, v, f"{n}={v!r}") for n in ("deviations", "target") for v in ([1, np.nan], "wrong")]
BAD += [("deviations", [1.0, -1e-9], "deviations=[1.0, -1e-09]")]
BAD += [("deviations", [1.0] * 3, "deviations (3,), target (2,)")]
BAD += [("noise", v, f"noise={v!r}") for v in (-1.0, np.nan, np.inf, None, "1", [1.0, 2.0])]
BAD += [("n", n, f"n={n!r}") for n in (0, -1, 2.5, 10.0, None, True)]
OF_MODEL = [("step_sizes", v, f"step_sizes={v!r}") for v in (-0.1, np.inf, [0.1, None])]
OF_MODEL += [("step_sizes", [0.1, 0.26], "mode 1 would overshoot; stay below 1 / deviations^2")]
OF_MODEL += [("step_sizes", [0.1] * 3, "step_sizes (3,)")]
OF_ALIGNED = [("best_step", v, f"best_step={v!r}") for v in (0, -1.0, np.nan, np.inf, None)]


@pytest.mark.parametrize(("name", "value", "message"), BAD + OF_MODEL)
def test_bad_input_of_the_model_is_named(name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        EarlyStopping(**GOOD | {"step_sizes": 0.1} | {name: value})


@pytest.mark.parametrize(("name", "value", "message"), BAD + OF_ALIGNED)
def test_bad_input_of_aligned_step_sizes_is_named(name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        aligned_step_sizes(**GOOD | {"best_step": 10} | {name: value})


def test_one_number_for_all_features_is_no_model_of_any():
    with pytest.raises(ValueError, match=re.escape("deviations has shape ()")):
        EarlyStopping(1.0, 1.0, noise=1.0, n=10, step_sizes=0.1)


@pytest.mark.parametrize("k", [-1, [0, np.nan], "late", None])
def test_wrong_steps_are_named(k):
    with pytest.raises(ValueError, match=re.escape(f"k={k!r}")):
        EarlyStopping(**GOOD, step_sizes=0.1).risk(k)
