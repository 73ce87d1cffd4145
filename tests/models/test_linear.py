"""Two-layer linear networks: shapes, and starts that are what they are called."""

import re
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from course_utils.models import LinearNetwork, aligned_network, balanced_network, random_network

# float64, products of some numbers of about 1.
TOLERANCE = 1e-12
few = settings(max_examples=50, deadline=None)
size, seeds = st.integers(1, 7), st.integers(0, 2**32 - 1)
sizes = st.tuples(size, size, size)  # inputs, hidden units, outputs; any can be the smallest
scales = st.floats(0.01, 3)


def assert_close(received: ArrayLike, expected: ArrayLike) -> None:
    received, expected = np.asarray(received), np.asarray(expected)
    assert received.shape == expected.shape
    atol = TOLERANCE * np.abs(expected).max(initial=0)
    np.testing.assert_allclose(received, expected, rtol=0, atol=atol)


def singular_values(a: NDArray) -> NDArray:
    return np.linalg.svd(a, compute_uv=False)


@few
@given(sizes, st.sampled_from([(), (1,), (2, 3)]), seeds)
def test_map_and_imbalance_of_many_networks_are_those_of_each(size, leading, seed):
    (d, m, k), rng = size, np.random.default_rng(seed)
    w21, w32 = rng.normal(size=(*leading, m, d)), rng.normal(size=(*leading, k, m))
    network = LinearNetwork(w21, w32)
    assert (network.map.shape, network.imbalance.shape) == ((*leading, k, d), (*leading, m, m))
    x = rng.normal(size=d)
    for index in np.ndindex(leading):
        first, second = w21[index], w32[index]
        assert_close(network.map[index] @ x, second @ (first @ x))
        gram = (
            [[a @ b for b in first] for a in first],
            [[a @ b for b in second.T] for a in second.T],
        )
        imbalance = np.subtract(*gram)
        np.testing.assert_allclose(network.imbalance[index], imbalance, rtol=0, atol=1e-12)


def test_a_network_keeps_its_weights_to_itself():
    w21, w32 = np.ones((3, 2)), np.ones((1, 3), dtype=np.float32)
    network = LinearNetwork(w21, w32)
    w21 += 1
    w32 += 1
    assert (network.map == 3).all()
    assert network.w32.dtype == np.float64


@few
@given(sizes, scales, seeds)
def test_a_random_start_scales_and_has_its_shapes(size, scale, seed):
    d, m, k = size
    network, unit = (random_network(d, m, k, scale=s, seed=seed) for s in (scale, 1.0))
    assert (network.w21.shape, network.w32.shape) == ((m, d), (k, m))
    assert_close(network.w21, scale * unit.w21)
    assert_close(network.w32, scale * unit.w32)


def test_random_weights_are_independent_and_normal():
    network = random_network(60, 50, 40, scale=0.3, seed=0)
    for weights in (network.w21, network.w32):
        # So little normal would normal numbers look once in a million seeds.
        assert stats.kstest(weights.ravel() / 0.3, "norm").pvalue > 1e-6
    together = np.r_[network.w21.ravel(), network.w32.ravel()]
    assert len(np.unique(together)) == len(together)
    assert abs(np.corrcoef(together[:-1], together[1:])[0, 1]) < 5 / np.sqrt(len(together))


@few
@given(sizes, scales, seeds)
def test_a_balanced_start_is_balanced_and_as_strong_as_a_random_map(size, scale, seed):
    d, m, k = size
    network = balanced_network(d, m, k, scale=scale, seed=seed)
    random = random_network(d, m, k, scale=scale, seed=seed)
    strengths = singular_values(random.map)
    np.testing.assert_allclose(network.imbalance, 0, atol=TOLERANCE * strengths[0])
    assert_close(singular_values(network.map), strengths)
    assert_close(network.map, random.map)  # aligned with nothing: it is the map that was drawn


def test_a_balanced_start_is_in_general_position():
    networks = [balanced_network(4, 6, 3, scale=1.0, seed=seed) for seed in (0, 1)]
    spans = [network.w21 @ np.linalg.pinv(network.w21, rcond=1e-10) for network in networks]
    for one, other in [*[(n.w21, n.w32.T) for n in networks], spans]:
        assert min(np.abs(one).min(), np.abs(other).min()) > 1e-6  # nothing is 0 by construction
    assert not np.isclose(*spans).any()  # of the hidden units, which a seed chooses too


@st.composite
def aligned(draw):
    """Axes, strengths and imbalances of either sign and of 0, and room for them."""
    d, m, k = draw(sizes)
    r = draw(st.integers(0, min(d, m, k)))
    rng = np.random.default_rng(draw(seeds))
    u, v = (np.linalg.qr(rng.normal(size=(side, side)))[0] for side in (k, d))
    number = st.sampled_from([0.0, 1.0, -1.0, 1e-6, -1e-6, 1e3]) | st.floats(-3, 3)
    strengths, imbalances = (draw(st.lists(number, min_size=r, max_size=r)) for _ in "sc")
    return u, v.T, np.array(strengths), np.array(imbalances), m, draw(seeds)


@few
@given(aligned())
def test_an_aligned_start_has_the_strengths_and_imbalances_given(start):
    u, vt, strengths, imbalances, m, seed = start
    r = len(strengths)
    network = aligned_network(u, vt, strengths, hidden_dim=m, imbalances=imbalances, seed=seed)
    # Modes of 1e3 and of 1e-6 stand in one matrix: its rounding is that of the largest.
    close = partial(np.testing.assert_allclose, rtol=0, atol=1e-11)
    expected = np.zeros((len(u), len(vt)))
    np.fill_diagonal(expected, np.r_[strengths, np.zeros(min(expected.shape) - r)])
    scale = max(1, np.abs(strengths).max(initial=0), np.abs(imbalances).max(initial=0))
    close(u.T @ network.map @ vt.T / scale, expected / scale)
    # In its own axes each mode has d1 and d2 with d2^2 - d1^2 = c, and no other weights.
    first, second = network.w21 @ vt.T, u.T @ network.w32
    d1_squared, d2_squared = first.T @ first, second @ second.T
    close(d1_squared[r:], 0)
    close(d2_squared[r:], 0)
    close((d2_squared[:r, :r] - d1_squared[:r, :r]) / scale, np.diag(imbalances) / scale)
    # The hidden directions of the two layers are the same ones.
    moving = singular_values(network.imbalance)[: np.count_nonzero(imbalances)]
    close(moving / scale, np.sort(np.abs(imbalances[imbalances != 0]))[::-1] / scale)


any_size = st.just(0.0) | st.floats(1e-12, 1e6) | st.floats(-1e6, -1e-12)


@few
@given(any_size, any_size)
def test_however_small_a_weight_is_it_keeps_its_digits(strength, imbalance):
    network = aligned_network([[1]], [[1]], [strength], hidden_dim=1, imbalances=imbalance, seed=0)
    np.testing.assert_allclose(network.map, strength, rtol=TOLERANCE)
    size = np.hypot(imbalance, 2 * strength)  # d1^2 + d2^2
    weights = np.square(network.w21).item(), np.square(network.w32).item()
    np.testing.assert_allclose(sum(weights), size, rtol=TOLERANCE)
    np.testing.assert_allclose(weights[1] - weights[0], imbalance, rtol=0, atol=TOLERANCE * size)


def test_balanced_is_the_default_and_without_strength_there_are_no_weights():
    network = aligned_network(np.eye(3), np.eye(4), [0.5, 0.0], hidden_dim=5, seed=0)
    np.testing.assert_allclose(network.imbalance, 0, atol=1e-15)
    nothing = aligned_network(np.eye(3), np.eye(4), [0.0, 0.0], hidden_dim=5, seed=0)
    assert not np.r_[nothing.w21.ravel(), nothing.w32.ravel()].any()


STARTS = [
    partial(random_network, 4, 5, 3, scale=1.0),
    partial(balanced_network, 4, 5, 3, scale=1.0),
    partial(aligned_network, np.eye(3), np.eye(4), [1.0, 2.0, 3.0], hidden_dim=5),
]


@pytest.mark.parametrize("start", STARTS)
def test_the_seed_alone_decides(start):
    one, same, other = start(seed=0), start(seed=0), start(seed=1)
    assert [*map(np.array_equal, *([n.w21, n.w32] for n in (one, same)))] == [True, True]
    assert not np.isclose(one.w21, other.w21).all(axis=1).any()  # no hidden unit is the same
    assert not np.isclose(one.w32, other.w32).all(axis=0).any()


DRAWN = {"n_inputs": 4, "hidden_dim": 5, "n_outputs": 3, "scale": 1.0, "seed": 0}
GIVEN = {"u": np.eye(3), "vt": np.eye(4), "strengths": [1, 2, 3], "hidden_dim": 5, "seed": 0}
TOO_MANY = "strengths has 3 modes: there is room for min(k, d, hidden_dim) = 2"
BAD = [(make, DRAWN | {name: value}, f"{name}={value}")
       for make in (random_network, balanced_network) for name, value in [
           ("n_inputs", 0), ("hidden_dim", 2.5), ("n_outputs", -1), ("scale", 0), ("scale", np.nan)]
]  # fmt: skip
BAD += [(aligned_network, GIVEN | {name: value}, message) for name, value, message in [
    ("u", np.eye(3, 2), "u has shape (3, 2)"), ("u", 1.0, "u has shape ()"),
    ("u", 2 * np.eye(3), "u: "), ("vt", np.ones((4, 4)), "vt: "),
    ("vt", np.ones(4), "vt has shape (4,)"), ("u", [[np.nan]], "u=[[nan]]"),
    ("strengths", 1.0, "strengths has shape ()"), ("strengths", [np.inf], "strengths=[inf]"),
    ("hidden_dim", 0, "hidden_dim=0"), ("hidden_dim", 2, TOO_MANY), ("u", np.eye(2), TOO_MANY),
    ("vt", np.eye(2), TOO_MANY), ("imbalances", [1.0, 2.0], "imbalances has shape (2,)"),
    ("imbalances", [[0.0] * 3], "imbalances has shape (1, 3)"), ("imbalances", np.nan, "imbalance"),
]]  # fmt: skip
BAD += [(LinearNetwork, {"w21": np.ones(first), "w32": np.ones(second)},
         f"w21 has shape {first}, w32 has shape {second}")
        for first, second in [((3,), (2, 3)), ((3, 4), (3,)), ((3, 4), ()), ((3, 4), (2, 4)),
                              ((5, 3, 4), (2, 3)), ((5, 3, 4), (6, 2, 3))]]  # fmt: skip
BAD += [(LinearNetwork, {"w21": [[np.nan]], "w32": [[1.0]]}, "w21=[[nan]]")]


@pytest.mark.parametrize(("make", "given", "message"), BAD)
def test_bad_input_is_named(make, given, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make(**given)
