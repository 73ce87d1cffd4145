"""What the chapter on the right basis claims: which coordinates move, when, and at which rates."""

import numpy as np
import pytest

from course_utils import data, models
from course_utils.theory import least_norm, linear_descent
from course_utils.training import train


def problem(n: int, p: int, seed: int = 0):
    """Features with entries of variance 1/n, labels, a start."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(n, p)) / np.sqrt(n)
    return features, rng.normal(size=n), rng.normal(size=p) / np.sqrt(p)


def descend(features, labels, start, rate, n_steps):
    """The plain loop on half the sum of squares, (n_steps + 1, p)."""
    path = [start]
    for _ in range(n_steps):
        path.append(path[-1] - rate * features.T @ (features @ path[-1] - labels))
    return np.array(path)


def right_basis(features):
    """Eigenvalues of the features' second moments, largest first, and the basis as columns."""
    eigenvalues, basis = np.linalg.eigh(features.T @ features)
    return eigenvalues[::-1], basis[:, ::-1]


def spread(rate, p=200, power=2.0):
    """A model with variances i^-power, from zero to weights that are all one."""
    features = data.inputs_with_variances(p, np.arange(1, p + 1.0) ** -power, seed=0)
    labels = features.sum(axis=1)
    return linear_descent(features, labels, start=np.zeros(p), learning_rate=rate)


@pytest.mark.parametrize(("n", "p"), [(500, 20), (20, 20), (30, 120), (10, 400)])
def test_as_many_coordinates_move_as_the_points_span_and_all_weights_do(n, p):
    features, labels, start = problem(n, p)
    basis = right_basis(features)[1]
    path = descend(features, labels, start, 0.01, 200)
    moved = np.abs((path[-1] - start) @ basis)
    rank = min(n, p)
    assert moved[rank:].max(initial=0) < 1e-14 < 1e-8 < moved[:rank].min()
    assert np.abs(path[-1] - start).min() > 1e-8


@pytest.mark.parametrize(("n", "p"), [(500, 20), (30, 120)])
def test_every_coordinate_obeys_its_own_equation(n, p):
    features, labels, start = problem(n, p)
    eigenvalues, basis = right_basis(features)
    path, steps, rate = descend(features, labels, start, 0.1, 100), np.arange(101), 0.1
    kept = (1 - rate * eigenvalues) ** steps[:, None]
    b = basis.T @ features.T @ labels
    zero = eigenvalues < 1e-10
    pushed = np.where(zero, rate * steps[:, None], (1 - kept) / np.where(zero, 1, eigenvalues))
    solved = (kept * (basis.T @ start) + pushed * b) @ basis.T
    np.testing.assert_allclose(solved, path, rtol=0, atol=1e-12)


@pytest.mark.parametrize(("n", "p"), [(500, 20), (30, 120)])
def test_a_rate_on_the_sum_is_n_halves_times_it_on_the_mean(n, p):
    features, labels, start = problem(n, p)
    model = linear_descent(features, labels, start=start, learning_rate=0.1 * n / 2)
    path = descend(features, labels, start, 0.1, 100)
    np.testing.assert_allclose(model.weights(np.arange(101)), path, rtol=0, atol=1e-13)
    l = right_basis(features)[0][: min(n, p)]  # noqa: E741
    np.testing.assert_allclose(0.1 * n / 2 * model.eigenvalues, 0.1 * l, rtol=1e-11)


@pytest.mark.parametrize(("n", "p"), [(500, 20), (30, 120)])
def test_a_billion_steps_end_at_least_squares_closest_to_the_start(n, p):
    features, labels, start = problem(n, p)
    model = linear_descent(features, labels, start=start, learning_rate=0.1 * n / 2)
    best = least_norm(features, labels, start=start)
    np.testing.assert_allclose(model.weights([10**9])[0], best, rtol=0, atol=1e-12)


@pytest.mark.parametrize("ratio", [0.02, 0.25, 4.0])
def test_the_extreme_eigenvalues_are_near_their_limits(ratio):
    n = 1000 if ratio < 1 else 300
    p = round(ratio * n)
    values = np.linalg.svd(problem(n, p)[0], compute_uv=False) ** 2
    limits = (1 + np.sqrt(p / n)) ** 2, (1 - np.sqrt(p / n)) ** 2
    np.testing.assert_allclose(values[[0, -1]], limits, rtol=0.05)


def test_random_labels_cost_movement_and_gain_no_loss():
    # w* has coordinates N(0, 1/l), p of them; the loss falls by about p / n.
    n, p = 2000, 100
    fallen, length = [], []
    for seed in range(10):
        features, labels, start = problem(n, p, seed)
        model = linear_descent(features, labels, start=start, learning_rate=n / 2)
        first, last = model.losses([0, 10**4])
        fallen.append(first - last)
        length.append(model.movement([10**4])[0])
    assert np.mean(fallen) == pytest.approx(p / n, rel=0.1)
    assert np.mean(length) == pytest.approx(np.sqrt(p), rel=0.1)


def test_the_largest_eigenvalue_is_the_first_to_diverge():
    features, labels, start = problem(500, 20)
    model = linear_descent(features, labels, start=start, learning_rate=1.0)
    bound, lam = model.stable_learning_rate, model.eigenvalues
    best = least_norm(features, labels)
    with pytest.raises(ValueError, match="diverges from"):
        linear_descent(features, labels, start=start, learning_rate=1.001 * bound)
    between = 1 + (lam[0] / lam[1] - 1) / 2  # the second one is still stable
    for factor, growing in [(0.999, 0), (between, 1)]:
        run = linear_descent(
            features, labels, start=start, learning_rate=factor * bound, may_diverge=True
        )
        apart = np.abs((run.weights([0, 500]) - best) @ run.directions.T)
        assert (apart[1] > apart[0]).nonzero()[0].tolist() == list(range(growing))
        losses = run.losses([0, 2, 500])  # what converges hides at first what grows
        assert losses[1] < losses[0]
        assert (losses[2] > losses[0]) == bool(growing)
    at = linear_descent(features, labels, start=start, learning_rate=bound, may_diverge=True)
    swing = (at.weights([1000, 1001, 1002]) - best) @ at.directions[0]
    np.testing.assert_allclose(swing[[1, 2]], [-swing[0], swing[0]], rtol=1e-9)


def test_direction_i_is_learned_at_its_own_time():
    model = spread(1 / 4)
    slow = slice(9, None)  # where 1 / (eta l) is many steps
    waiting = np.rint(1 / (model.eigenvalues[slow] / 4)).astype(int)
    ends = model.directions.sum(axis=1)
    share = (model.weights(waiting) @ model.directions.T / ends)[:, slow]
    np.testing.assert_allclose(share.diagonal(), 1 - np.exp(-1), atol=3e-3)
    assert (np.diff(share, axis=1) < 1e-12).all()  # a larger eigenvalue is never behind


def test_the_loss_is_the_sum_of_its_exponentials():
    model, k = spread(1 / 4), np.array([0, 1, 10, 100, 1000])
    variances = np.arange(1, 201.0) ** -2
    terms = variances * (1 - 2 * variances / 4) ** (2 * k[:, None])
    np.testing.assert_allclose(model.losses(k), terms.sum(axis=1), rtol=1e-11)


@pytest.mark.parametrize(("power", "slope"), [(1.5, -1 / 3), (2, -1 / 2), (3, -2 / 3)])
def test_a_power_law_in_the_spectrum_makes_one_in_time(power, slope):
    model = spread(1 / 4, p=300, power=power)
    k = np.array([30, 300])
    # As if the spectrum went on for ever: what lies beyond p has not begun to be learned.
    beyond = 300.5 ** (1 - power) / (power - 1)
    measured = np.diff(np.log(model.losses(k) + beyond))[0] / np.diff(np.log(k))[0]
    assert measured == pytest.approx(slope, abs=0.02)


def test_the_constant_of_the_power_law():
    model, k = spread(1 / 4, p=500), np.array([10, 30, 100])
    np.testing.assert_allclose(model.losses(k), np.sqrt(np.pi / k) / 2, rtol=0.04)


def test_four_distant_variances_make_a_staircase():
    features = data.inputs_with_variances(50, [1, 1e-2, 1e-4, 1e-6], seed=0)
    labels = features.sum(axis=1)
    model = linear_descent(features, labels, start=np.zeros(4), learning_rate=1 / 4)
    # The landings: late after one direction, early before the next.
    np.testing.assert_allclose(model.losses([10, 1000, 100_000]), [1e-2, 1e-4, 1e-6], rtol=0.15)


def test_the_gap_to_the_flow_is_what_the_first_order_says_and_halves_with_the_rate():
    flow, times = spread(None), np.array([4.0, 20.0, 100.0])
    lt = flow.eigenvalues * times[:, None]
    gaps = []
    for rate in (0.2, 0.1, 0.05):
        model = spread(rate)
        apart = model.weights(np.rint(times / rate).astype(int)) - flow.weights(times)
        gaps.append(np.linalg.norm(apart, axis=1))
        expected = np.linalg.norm(rate / 2 * flow.eigenvalues * lt * np.exp(-lt), axis=1)
        np.testing.assert_allclose(gaps[-1], expected, rtol=0.1 * rate)
    np.testing.assert_allclose(gaps[1] / gaps[0], 0.5, rtol=0.02)
    np.testing.assert_allclose(gaps[2] / gaps[1], 0.5, rtol=0.01)


def test_wide_networks_stay_in_the_directions_of_their_first_gradients():
    points = data.ToyRegression(15, target="middle", seed=0)
    outside = []
    for width in (30, 300, 1000):
        network = models.ShallowMLP(width, seed=0)
        rows = models.jacobian(network, points.inputs).double().numpy()
        _, s, vt = np.linalg.svd(rows, full_matrices=False)
        vt = vt[s > 1e-6 * s[0]]
        start = models.parameter_vector(network)
        train(network, points, n_steps=300, learning_rate=1 / width)
        moved = (models.parameter_vector(network) - start).double().numpy()
        outside.append(1 - np.square(vt @ moved).sum() / np.square(moved).sum())
    assert outside[0] > outside[1] > outside[2]
    assert outside[2] < 1e-3
