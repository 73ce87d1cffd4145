"""Toy regression: the targets by hand, the draws by their laws."""

import math
import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from course_utils.data import TARGETS, ToyRegression

few = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
FALSE_ALARM = 1e-6
"""Probability that a right sampler would fail one of the tests, were the seed not fixed."""

# By hand from max(0.3 x, 0), |x + 1/2| - 2 max(x - 1/2, 0) - 0.4, sin(10 x) cos(2 x + 1).
BY_HAND = {
    "simple": {-1: 0, 0: 0, 0.5: 0.15, 1: 0.3, 10: 3},
    "middle": {-1: 0.1, -0.5: -0.4, 0: 0.1, 0.5: 0.6, 0.75: 0.35, 1: 0.1},
    "complicated": {
        0: 0,
        -0.5: -math.sin(5),
        math.pi / 4 - 0.5: 0,
        math.pi / 20: math.cos(math.pi / 10 + 1),
        -math.pi / 20: -math.cos(1 - math.pi / 10),
    },
}
CURVES = {
    "simple": lambda x: np.where(x > 0, 0.3 * x, 0),
    "middle": lambda x: np.where(x < -0.5, -x - 0.9, np.where(x < 0.5, x + 0.1, 1.1 - x)),
    "complicated": lambda x: (np.sin(12 * x + 1) + np.sin(8 * x - 1)) / 2,
}


def toy(n: int = 20, *, seed: int = 0, **settings) -> ToyRegression:
    return ToyRegression(n, seed=seed, **{"dtype": torch.float64} | settings)


def test_every_target_has_its_points_here():
    assert set(TARGETS) == set(BY_HAND) == set(CURVES)


@pytest.mark.parametrize("name", BY_HAND)
def test_targets_at_points_worked_out_by_hand(name):
    x = torch.tensor(list(BY_HAND[name]), dtype=torch.float64)
    # A few roundings of numbers below 10.
    np.testing.assert_allclose(TARGETS[name](x), list(BY_HAND[name].values()), rtol=0, atol=1e-14)


@few
@given(st.sampled_from(list(CURVES)), seeds, st.floats(-9, 9), st.floats(0.1, 9))
def test_without_noise_labels_are_the_target_and_inputs_in_the_interval(name, seed, xmin, width):
    dataset = toy(seed=seed, target=name, xmin=xmin, xmax=xmin + width)
    x = dataset.inputs.numpy()
    assert ((xmin <= x) & (x <= xmin + width)).all()
    # The curves are written in another way; arguments reach 220, and there round at 3e-14.
    np.testing.assert_allclose(dataset.labels, CURVES[name](x), rtol=0, atol=1e-12)


@few
@given(st.integers(1, 30), seeds, st.floats(0, 2))
def test_the_seed_fixes_points_noise_and_batches(n, seed, noise_level):
    torch.manual_seed(n)  # whatever the global generator does
    one, other = (toy(n, seed=seed, noise_level=noise_level) for _ in "ab")
    assert torch.equal(one.inputs, other.inputs)
    assert torch.equal(one.labels, other.labels)
    for _ in range(5):
        assert torch.equal(one.next_indices(7), other.next_indices(7))
    assert not torch.equal(one.inputs, toy(n, seed=seed + 1).inputs)


def test_the_global_generator_is_left_alone():
    before = torch.get_rng_state()
    toy(noise_level=1.0).next_batch(5)
    assert torch.equal(torch.get_rng_state(), before)


def test_every_dtype_has_the_same_data():
    double = toy(noise_level=0.3)
    single = toy(noise_level=0.3, dtype=torch.float32)
    assert single.inputs.dtype == single.labels.dtype == torch.float32
    assert torch.equal(single.inputs, double.inputs.float())
    assert torch.equal(single.labels, double.labels.float())
    assert torch.equal(single.next_indices(20), double.next_indices(20))


@few
@given(st.integers(1, 40), st.integers(1, 50), seeds)
def test_a_round_of_batches_holds_each_point_once(n, batch_size, seed):
    dataset = toy(n, seed=seed)
    for _ in range(3):
        batches = [dataset.next_indices(batch_size) for _ in range(math.ceil(n / batch_size))]
        assert [len(batch) for batch in batches[:-1]] == [batch_size] * (len(batches) - 1)
        assert sorted(torch.cat(batches).tolist()) == list(range(n))


def test_rounds_are_shuffled_and_batches_hold_pairs():
    dataset, twin = toy(30), toy(30)
    rounds = [dataset.next_indices(30).tolist() for _ in range(3)]
    # Two shuffles of 30 points agree with probability 1/30! < 1e-32.
    assert len({*map(tuple, rounds), tuple(range(30))}) == 4
    x, y = twin.next_batch(30)
    assert torch.equal(x, twin.inputs[rounds[0]])
    assert torch.equal(y, twin.labels[rounds[0]])


def test_inputs_are_uniform_and_noise_is_normal_and_independent_of_them():
    n, noise_level = 4000, 0.3
    dataset = toy(n, seed=1, xmin=-2, xmax=3, noise_level=noise_level)
    x = dataset.inputs.numpy().ravel()
    noise = (dataset.labels.numpy().ravel() - CURVES["middle"](x)) / noise_level
    assert stats.kstest(x, stats.uniform(-2, 5).cdf).pvalue > FALSE_ALARM
    assert stats.kstest(noise, stats.norm.cdf).pvalue > FALSE_ALARM
    assert stats.spearmanr(x, noise).pvalue > FALSE_ALARM
    # The sharp test of the level: the sum of squares follows chi2 with n degrees of freedom.
    assert FALSE_ALARM / 2 < stats.chi2(n).cdf(np.square(noise).sum()) < 1 - FALSE_ALARM / 2


def test_noise_grows_in_proportion_to_its_level():
    none, small, large = (toy(noise_level=level).labels for level in (0, 0.1, 0.4))
    torch.testing.assert_close(large - none, 4 * (small - none), rtol=0, atol=1e-14)


@pytest.mark.parametrize("name", CURVES)
def test_risk_is_the_mean_square_distance_from_the_noise_free_target(name):
    dataset = toy(5, target=name, noise_level=3.0, xmin=-1, xmax=2)
    x = np.linspace(-1, 2, 1000)
    parabola = torch.nn.Parameter(torch.tensor(1.5, dtype=torch.float64))  # wants a gradient
    expected = np.mean((1.5 * x**2 - CURVES[name](x)) ** 2)
    assert dataset.risk(lambda x: parabola * x**2) == pytest.approx(expected, rel=1e-12)
    assert dataset.risk(lambda x: TARGETS[name](x) - 0.5) == pytest.approx(0.25, rel=1e-12)


@few
@given(st.integers(2, 50), st.floats(-5, 5), st.floats(0.1, 5))
def test_the_grid_is_equispaced_from_end_to_end(n_points, xmin, width):
    x, f = toy(xmin=xmin, xmax=xmin + width, dtype=torch.float32).grid(n_points)
    assert x.shape == f.shape == (n_points, 1)
    assert x.dtype == f.dtype == torch.float32
    expected = xmin + width * np.arange(n_points) / (n_points - 1)
    # float32 rounds numbers below 16 by 5e-7; the target's slope is 1.
    np.testing.assert_allclose(x[:, 0], expected, rtol=0, atol=1e-6)
    np.testing.assert_allclose(f[:, 0], CURVES["middle"](expected), rtol=0, atol=2e-6)


BAD = [
    ("n", 0), ("n", -3), ("n", 2.5), ("n", True), ("target", "complex"), ("target", None),
    ("xmin", 1.0), ("xmin", math.nan), ("xmin", -math.inf), ("xmax", -1.5), ("xmax", math.inf),
    ("noise_level", -0.1), ("noise_level", math.nan), ("noise_level", math.inf),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_settings_are_named(name, value):
    with pytest.raises(ValueError, match=re.escape(f"{name}={value!r}")):
        ToyRegression(**{"n": 5, "seed": 0} | {name: value})


@pytest.mark.parametrize("batch_size", [0, -1, 1.5])
def test_a_bad_batch_size_is_named(batch_size):
    with pytest.raises(ValueError, match=f"batch_size={batch_size}"):
        toy().next_batch(batch_size)
