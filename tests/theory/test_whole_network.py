"""The matrix solution against the layers themselves, and against itself in many more digits.

A balanced start is W21 = R A V', W32 = U A R' with orthogonal U, V, R and A rectangular, diagonal.
"""

import re
from dataclasses import replace

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.theory import BalancedModes, WholeNetwork
from tests.theory.simulation import assert_close, integrate

WHOLE = 1e-9
"""What the course promises of this solution, as a share of the largest entry."""
few = settings(max_examples=12, deadline=None)
seeds = st.integers(0, 2**32 - 1)
widths = st.integers(1, 5)
ranks = st.integers(0, 5)


def orthogonal(rng: np.random.Generator, n: int) -> np.ndarray:
    return np.linalg.qr(rng.normal(size=(n, n)))[0]


def diagonal(values: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    out = np.zeros(shape)
    out[range(len(values)), range(len(values))] = values
    return out


def make_network(seed, d, m, k, strengths, singular_values, *, aligned=False) -> WholeNetwork:
    """Singular values and the start's strengths as given, directions at random."""
    rng = np.random.default_rng(seed)
    u, v, r = (orthogonal(rng, n) for n in (k, d, m))
    w = np.sqrt(np.resize(strengths, min(d, m, k)))
    s = np.resize(singular_values, min(d, k)) if len(singular_values) else np.zeros(min(d, k))
    left, right = (u, v) if aligned else (orthogonal(rng, k), orthogonal(rng, d))
    return WholeNetwork(
        r @ diagonal(w, (m, d)) @ v.T,
        u @ diagonal(w, (k, m)) @ r.T,
        left @ diagonal(s, (k, d)) @ right.T,
        time_constant=10 ** rng.uniform(-1, 1),
    )


def random_network(seed: int, d: int, m: int, k: int, rank: int, **options) -> WholeNetwork:
    """C31 of a rank up to `rank`, singular values up to 3; starts between 1e-4 and 2.

    Where few modes start, aligned, these are the fastest: a faster one would set out from rounding.
    """
    rng = np.random.default_rng(seed + 1)
    s = -np.sort(-rng.uniform(0.3, 3, min(d, k))) * (np.arange(min(d, k)) < rank)
    return make_network(seed, d, m, k, 10 ** rng.uniform(-4, 0.3, 5), s, **options)


def make_times(network: WholeNetwork, seed: int, longest: float = 4.0) -> np.ndarray:
    return network.time_constant * np.sort(np.random.default_rng(seed).uniform(0, longest, 3))


def largest(network: WholeNetwork) -> float:
    """What no entry of gram is far above."""
    start = np.square(network.w21).sum() + np.square(network.w32).sum()
    return start + 2 * np.linalg.norm(network.c31, 2)


def simulated_grams(network: WholeNetwork, t: np.ndarray) -> np.ndarray:
    """Gradient flow of both layers, stacked as Q' = [W21, W32']."""
    d = network.w21.shape[1]

    def flow(stack):
        w21, w32 = stack[:, :d], stack[:, d:].T
        error = network.c31 - w32 @ w21
        return np.hstack([w32.T @ error, (error @ w21.T).T]) / network.time_constant

    path = integrate(flow, np.hstack([network.w21, network.w32.T]), t)
    return path.transpose(0, 2, 1) @ path


@few
@given(seeds, widths, widths, widths, ranks)
def test_it_is_what_gradient_flow_makes_of_the_layers(seed, d, m, k, rank):
    network = random_network(seed, d, m, k, rank)
    t = make_times(network, seed)
    expected, scale = simulated_grams(network, t), largest(network)
    assert_close(network.gram(t), expected, WHOLE, scale)
    assert_close(network.maps(t), expected[:, d:, :d], WHOLE, scale)
    assert_close(network.maps([0.0])[0], network.w32 @ network.w21, 1e-13, scale)


@few
@given(seeds, widths, widths, widths, ranks, st.floats(0, 1e3))
def test_gram_is_that_of_balanced_layers(seed, d, m, k, rank, t):
    network = random_network(seed, d, m, k, rank)
    scale = largest(network)
    gram = network.gram([t * network.time_constant])[0]
    assert_close(gram, gram.T, 1e-14, scale)
    eigenvalues = np.linalg.eigvalsh(gram)
    assert eigenvalues[0] >= -1e-13 * scale
    assert (eigenvalues[: max(d + k - m, 0)] <= 1e-13 * scale).all()
    assert (gram[d:, :d] == network.maps([t * network.time_constant])[0]).all()
    # Q' J Q = W21 W21' - W32' W32 = 0, between Q and Q'.
    j = np.diag([1.0] * d + [-1.0] * k)
    assert_close(gram @ j @ gram, np.zeros_like(gram), 1e-12, scale**2)


@few
@given(seeds, widths, widths, widths, ranks)
def test_aligned_with_the_data_it_is_modes(seed, d, m, k, rank):
    network = random_network(seed, d, m, k, rank, aligned=True)
    t = make_times(network, seed, longest=20)
    n = min(d, m, k)
    rng = np.random.default_rng(seed)
    u, v = orthogonal(rng, k), orthogonal(rng, d)
    s, start = (np.diagonal(u.T @ w @ v)[:n] for w in (network.c31, network.w32 @ network.w21))
    modes = BalancedModes(s, np.maximum(start, 0), time_constant=network.time_constant)
    expected = np.einsum("ki,ti,di->tkd", u[:, :n], modes(t), v[:, :n])
    assert_close(network.maps(t), expected, WHOLE, largest(network))


@few
@given(seeds, widths, widths, widths, ranks)
def test_a_path_resumed_from_its_own_layers_goes_on(seed, d, m, k, rank):
    network = random_network(seed, d, m, k, rank)
    t, n = make_times(network, seed, longest=1.0), min(d, m, k)
    values, vectors = np.linalg.eigh(network.gram(t[:1])[0])  # W21 and W32 up to a rotation
    q = vectors[:, -n:] * np.sqrt(np.maximum(values[-n:], 0))
    resumed = replace(network, w21=q[:d].T, w32=q[d:])
    assert_close(resumed.gram(t[1:] - t[0]), network.gram(t[1:]), WHOLE, largest(network))


@few
@given(seeds, widths, widths, widths, ranks, st.permutations(range(5)))
def test_times_come_in_any_order_and_more_than_once(seed, d, m, k, rank, order):
    network = random_network(seed, d, m, k, rank)
    t = network.time_constant * np.array([0.0, 0.5, 0.5, 3.0, 150.0])
    alone = np.array([network.gram([moment])[0] for moment in t])
    assert_close(network.gram(t[order]), alone[order], WHOLE, largest(network))
    slower = replace(network, time_constant=10 * network.time_constant)
    assert_close(slower.gram(10 * t), alone, WHOLE, largest(network))


@few
@given(seeds, widths, widths, widths)
def test_in_the_end_stands_the_best_map_of_its_rank(seed, d, m, k):
    # The gap between singular values is 1, and e^(-2 * 50) is left of it after 50 tau.
    strengths, s = [0.1, 0.5, 0.01, 0.2, 1.0], np.arange(min(d, k), 0, -1.0)
    network = make_network(seed, d, m, k, strengths, s)
    u, s, vt = np.linalg.svd(network.c31)
    best = (u[:, :m][:, : len(s)] * s[:m]) @ vt[: len(s)][:m]
    ends = network.maps(network.time_constant * np.array([50.0, 60.0, 500.0]))
    assert_close(ends, np.array([best] * 3), WHOLE, s[0])


@few
@given(seeds, widths, widths, widths)
def test_a_start_at_zero_stays_and_without_correlation_all_decays(seed, d, m, k):
    still = make_network(seed, d, m, k, [0.0], [2.0, 1.0])
    assert (still.maps([0.0, 1.0, 1e3]) == 0).all()
    fading = make_network(seed, d, m, k, [1.0, 1e-3], [])
    t = np.array([0.0, 1.0, 1e6])
    # Each strength u of the start becomes u / (1 + 2 u t / tau).
    u, s, vt = np.linalg.svd(fading.w32 @ fading.w21, full_matrices=False)
    expected = (u * (s / (1 + 2 * s * t[:, None] / fading.time_constant))[:, None]) @ vt
    assert_close(fading.maps(t), expected, WHOLE, s[0])
    assert_close(fading.maps(t)[2], expected[2], 1e-7, 1e-6)


def exact_gram(network: WholeNetwork, t: float) -> np.ndarray:
    """The formula as it stands, with all digits that its exponentials and its inverse cost."""
    time = t / network.time_constant
    with mpmath.workdps(int(60 + 2 * np.linalg.norm(network.c31, 2) * time)):
        k, d = network.c31.shape
        f = mpmath.zeros(d + k)
        for i, j in np.ndindex(k, d):
            f[d + i, j] = f[j, d + i] = mpmath.mpf(network.c31[i, j])
        values, vectors = mpmath.eigsy(f)
        tiny, time = mpmath.mpf(10) ** (-mpmath.mp.dps // 2), mpmath.mpf(t) / network.time_constant
        growth = mpmath.diag([mpmath.exp(x * time) for x in values])
        integral = mpmath.diag(
            [time if abs(x) < tiny else mpmath.expm1(2 * x * time) / (2 * x) for x in values]
        )
        q = vectors.T * mpmath.matrix(np.vstack([network.w21.T, network.w32]).tolist())
        inverse = mpmath.inverse(mpmath.eye(q.cols) + q.T * integral * q)
        grown = vectors * growth * q
        return np.array((grown * inverse * grown.T).tolist(), dtype=float)


HARD = [
    # d, m, k, singular values, strengths at the start, t / tau
    (2, 2, 2, [100.0, 1e-3], [1e-6], 0.1),
    (2, 2, 2, [100.0, 1e-3], [1e-6], 10.0),
    (2, 2, 2, [100.0, 1e-3], [0.3], 10.0),
    (2, 1, 2, [100.0, 1e-3], [1e-6], 10.0),
    (2, 3, 2, [10.0, 0.1], [1e-6, 2.0], 100.0),
    (3, 2, 2, [10.0, 0.1], [1e-6], 100.0),
    (1, 2, 3, [10.0], [1e-6], 100.0),
    (2, 2, 3, [10.0, 0.0], [1e-6, 0.3], 100.0),
    (3, 3, 2, [1e-3, 1e-9], [1e-6, 5.0], 100.0),
    (2, 2, 2, [0.0, 0.0], [1e-6, 5.0], 100.0),
]


@pytest.mark.parametrize(("d", "m", "k", "s", "strengths", "t"), HARD)
def test_no_digits_are_lost_to_fast_modes_or_slow_ones(d, m, k, s, strengths, t):
    network = replace(make_network(7, d, m, k, strengths, s), time_constant=1.0)
    exact = exact_gram(network, t)
    assert_close(network.gram([t])[0], exact, WHOLE, np.abs(exact).max())


@pytest.mark.parametrize("start", [1e-30, 1e-6, 1.0])
def test_a_slow_mode_keeps_its_own_digits_beside_a_fast_one(start):
    s = np.array([100.0, 1e-3])
    w = np.sqrt(start) * np.eye(2)
    t = np.array([0.0, 0.1, 3.0, 100.0])
    network, modes = WholeNetwork(w, w, np.diag(s)), BalancedModes(s, start)
    received = np.einsum("tii->ti", network.maps(t))
    assert_close(received, modes(t), 1e-9)
    assert (network.maps(t)[:, [0, 1], [1, 0]] == 0).all()


def test_the_time_constant_is_that_of_gradient_descent():
    # The gap to the flow is halved with the learning rate, up to terms smaller by it.
    network, gaps = random_network(3, 3, 2, 4, 3), []
    for eta in (2e-4, 1e-4):
        w21, w32, n_steps = network.w21, network.w32, round(0.5 / eta)
        for _ in range(n_steps):
            error = 2 * (w32 @ w21 - network.c31)  # the loss is |W|^2 - 2 tr W C31'
            w21, w32 = w21 - eta * w32.T @ error, w32 - eta * error @ w21.T
        flow = replace(network, time_constant=1 / (2 * eta)).maps([n_steps])[0]
        gaps.append(np.linalg.norm(flow - w32 @ w21))
    assert gaps[0] > 1e-6
    assert_close(gaps[0] / gaps[1], 2.0, 0.01)


def test_the_arrays_given_can_change_afterwards():
    layers = [np.eye(2), np.eye(2), np.ones((2, 2))]
    network = WholeNetwork(*layers)
    before = network.maps([1.0])
    for array in layers:
        array += 1
    assert (network.maps([1.0]) == before).all()


GOOD = {"w21": np.eye(2, 3), "w32": np.eye(4, 2), "c31": np.ones((4, 3))}
SHAPES = [("w21", (3,)), ("w21", ()), ("w32", (4, 3)), ("w32", (2,)), ("c31", (3, 4)), ("c31", ())]
BAD = [(name, np.ones(shape), f"{name} has shape {shape}") for name, shape in SHAPES]
BAD += [(name, np.full((2, 2), np.nan), f"{name}=") for name in GOOD]
BAD += [(name, "wrong", f"{name}='wrong'") for name in GOOD]
BAD += [("time_constant", tau, f"time_constant={tau!r}") for tau in (0, -1.0, np.inf, None)]
BAD += [("w21", 1.001 * np.eye(2, 3), "w21, w32: the start is not balanced")]
BAD += [("w32", 1.001 * np.eye(4, 2), "use TwoLayerModes for aligned modes, training.train_linear")]
BAD += [("w32", np.zeros((4, 2)), "differ by 1;")]


@pytest.mark.parametrize(("name", "value", "message"), BAD)
def test_bad_input_is_named(name, value, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        WholeNetwork(**GOOD | {name: value})


@pytest.mark.parametrize("t", [[-1e-9], [np.nan], "late", 1.0, [[1.0]]])
@pytest.mark.parametrize("method", ["maps", "gram"])
def test_wrong_times_are_named(method, t):
    with pytest.raises(ValueError, match=r"^t(=| has shape)"):
        getattr(WholeNetwork(**GOOD), method)(t)
