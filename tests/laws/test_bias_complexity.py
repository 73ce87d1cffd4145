"""What the chapter on bias and complexity says, as laws.

A model linear in its weights, started at random and trained on noisy labels: what its risk is made
of, where it has a peak, and what removes the peak.
"""

from itertools import product

import numpy as np
import pytest
import torch

from course_utils.data import TARGETS, ToyRegression
from course_utils.models import SinusoidalModel
from course_utils.theory import least_norm, least_norm_risk, linear_descent
from course_utils.training import train

RATE, NOISE, WAVES = 0.1, 0.05, 0.2 * np.pi


def points(n, seed):
    return ToyRegression(n, noise_level=NOISE, seed=seed, dtype=torch.float64)


def matrices(p, omega, dataset):
    """Features of the points and of 300 equispaced inputs."""
    model = SinusoidalModel(p, omega=omega, seed=0)
    at_points, on_grid = (model.design_matrix(x) for x in (dataset.inputs, dataset.grid(300)[0]))
    return at_points.numpy(), on_grid.numpy()


def target(x):
    return TARGETS["middle"](x)[:, 0].numpy()


def three_terms(phi, grid, clean, truth, *, n_steps, start_variance, noise):
    """Bias squared, noise and start of the risk of descent, in the mean over noise and start."""
    u, s, vt = np.linalg.svd(phi, full_matrices=False)
    learned = 1 - (1 - 2 * RATE * s**2 / len(phi)) ** n_steps
    to_labels = (grid @ vt.T * learned / s) @ u.T
    to_start = grid - (grid @ vt.T * learned) @ vt
    return np.array(
        [
            np.square(to_labels @ clean - truth).mean(),
            noise**2 * np.square(to_labels).sum(axis=1).mean(),
            start_variance * np.square(to_start).sum(axis=1).mean(),
        ]
    )


def wave_terms(p, omega, n_steps, *, n=50, seed=0):
    dataset = points(n, seed)
    phi, grid = matrices(p, omega, dataset)
    clean, truth = target(dataset.inputs), target(dataset.grid(300)[0])
    return three_terms(
        phi, grid, clean, truth, n_steps=n_steps, start_variance=1 / (3 * p), noise=NOISE
    )


def random_problems(n, p, *, draws, noise=0.5):
    rng = np.random.default_rng([n, p])
    features, beta = rng.normal(size=(draws, n, p)), np.full(p, p**-0.5)
    return features, features @ beta + noise * rng.normal(size=(draws, n)), beta


def excess_risk(n, p, g, *, draws=400):
    """Excess risks of the fits sum_i g(s_i) (u_i . y) v_i of random problems."""
    features, labels, beta = random_problems(n, p, draws=draws)
    u, s, vt = np.linalg.svd(features, full_matrices=False)
    weights = np.einsum("rk,rkp->rp", g(s) * np.einsum("rnk,rn->rk", u, labels), vt)
    return np.square(weights - beta).sum(axis=1)


def test_models_of_several_sizes_trained_together_follow_the_closed_form_each():
    dataset = points(50, 0)
    sizes = [2, 30, 48, 50, 100]
    members = [SinusoidalModel(p, omega=WAVES, seed=p, dtype=torch.float64) for p in sizes]
    starts = [m.weight_vector().numpy() for m in members]
    run = train(members, dataset, n_steps=300, learning_rate=RATE)
    for p, member, start, loss in zip(sizes, members, starts, run.losses[-1], strict=True):
        phi, _ = matrices(p, WAVES, dataset)
        path = linear_descent(phi, dataset.labels[:, 0].numpy(), start=start, learning_rate=RATE)
        # 300 steps of float64 rounding, each of 1e-16 of numbers of order 1.
        np.testing.assert_allclose(
            member.weight_vector().numpy(), path.weights([300])[0], rtol=0, atol=1e-12
        )
        assert loss == pytest.approx(path.losses([300])[0], rel=1e-10)


def test_sizes_are_put_side_by_side_by_columns_of_zeros():
    dataset, sizes, largest = points(12, 0), [2, 10, 12, 40], 41
    labels = dataset.labels[:, 0].numpy()
    features, starts = np.zeros((4, 12, largest)), np.zeros((4, largest))
    alone = []
    for i, p in enumerate(sizes):
        phi, _ = matrices(p, np.pi, dataset)
        start = SinusoidalModel(p, seed=i).weight_vector().numpy().astype(float)
        features[i, :, : p + 1], starts[i, : p + 1] = phi, start
        alone.append(least_norm(phi, labels, start=start))
    together = least_norm(features, labels, start=starts)
    for row, single in zip(together, alone, strict=True):
        # Condition numbers of up to 1e4 here.
        np.testing.assert_allclose(row[: len(single)], single, rtol=1e-8, atol=1e-8)
        assert (row[len(single) :] == 0).all()


@pytest.mark.parametrize("p", [2, 6])
def test_the_three_terms_are_the_mean_risk_over_starts_and_noise(p):
    """Exactly: starts and noise of random signs have the mean and variance that enter."""
    n, n_steps, noise = 5, 40, 0.3
    dataset = ToyRegression(n, seed=1, dtype=torch.float64)
    phi, grid = matrices(p, np.pi, dataset)
    clean, truth = target(dataset.inputs), target(dataset.grid(300)[0])
    starts = np.array(list(product([-1, 1], repeat=p + 1))) / np.sqrt(3 * p)
    risks = []
    for signs in product([-1, 1], repeat=n):
        labels = clean + noise * np.array(signs)
        path = linear_descent(phi, labels, start=starts, learning_rate=RATE)
        risks.append(np.square(path.outputs(grid, [n_steps])[0] - truth).mean())
    terms = three_terms(
        phi, grid, clean, truth, n_steps=n_steps, start_variance=1 / (3 * p), noise=noise
    )
    assert np.mean(risks) == pytest.approx(terms.sum(), rel=1e-10)
    assert (terms > 1e-4).all()


@pytest.mark.parametrize("p", [60, 100, 198])
def test_what_the_data_do_not_see_keeps_its_start(p):
    """Each of p + 1 - n directions keeps 1/2 of 1/(3 p); the bias, whose square is 1, more."""
    kept = np.mean([wave_terms(p, np.pi, np.inf, seed=i)[2] for i in range(5)])
    assert kept == pytest.approx((p + 1 - 50) / (6 * p), rel=0.02)


def test_a_thousand_steps_on_slow_waves_have_no_peak_where_weights_equal_points():
    sizes = [40, 44, 48, 50, 54, 60]
    risks = [np.mean([wave_terms(p, WAVES, 1000, seed=i).sum() for i in range(5)]) for p in sizes]
    assert max(risks) < 2 * min(risks)
    assert max(risks[1:5]) <= max(risks[0], risks[5])


def test_a_thousand_steps_learn_thirteen_directions_where_fifty_weights_wait():
    s = np.linalg.svd(matrices(50, WAVES, points(50, 0))[0], compute_uv=False)
    learned = 1 - (1 - 2 * RATE * s**2 / 50) ** 1000
    assert (s > np.sqrt(50 / (2 * RATE * 1000))).sum() == 13
    # Between 13 and 14 with the shares of those in between counted as they are.
    assert 13 < learned.sum() < 14


@pytest.mark.parametrize("p", [10, 50, 100, 150])
def test_stopping_early_is_near_leaving_out_what_was_not_learned(p):
    dataset = points(50, 0)
    phi, grid = matrices(p, WAVES, dataset)
    labels, truth = dataset.labels[:, 0].numpy(), target(dataset.grid(300)[0])
    starts = np.stack(
        [SinusoidalModel(p, seed=i).weight_vector().numpy() for i in range(10)]
    ).astype(float)
    path = linear_descent(phi, labels, start=starts, learning_rate=RATE)
    cut = least_norm(phi, labels, start=starts, rcond=0.5 / path.singular_values[0])
    stopped, left_out = (
        np.square(w @ grid.T - truth).mean() for w in (path.weights([1000])[0], cut)
    )
    assert 0.5 < left_out / stopped < 2


def test_the_least_norm_fit_of_whole_waves_peaks_where_weights_equal_points():
    def median(p, n_steps, n=50):
        return np.median([wave_terms(p, np.pi, n_steps, n=n, seed=i).sum() for i in range(9)])

    few, at, many = (median(p, np.inf) for p in (16, 48, 198))
    assert few < 0.01
    assert at > 1e4
    assert many < 1
    assert median(16, 1000) < median(48, 1000) < median(198, 1000) < 0.3
    # In the number of points: more of them hurt, unless descent stops.
    assert median(48, np.inf, 10) < 1 < 1e4 < median(48, np.inf, 49)
    assert median(48, 1000, 10) > median(48, 1000, 49) > median(48, 1000, 200)


def test_the_direction_that_the_points_see_least_lives_in_three_gaps():
    in_gaps, on_points = [], []
    for seed in range(15):
        dataset = points(50, seed)
        x = dataset.grid(1000)[0]
        phi = matrices(48, np.pi, dataset)[0]
        last = np.linalg.svd(phi)[2][-1]
        model = SinusoidalModel(48, seed=0)
        size = np.square(model.design_matrix(x).numpy() @ last)
        # The waves have period 2: before the first point and after the last one is a single gap.
        gap = np.searchsorted(np.sort(dataset.inputs.numpy().ravel()), x.numpy().ravel()) % 50
        in_gaps.append(np.sort(np.bincount(gap, size, 50))[-3:].sum() / size.sum())
        on_points.append(np.square(phi @ last).mean() / size.mean())
    assert np.median(in_gaps) > 0.98
    assert np.median(on_points) < 1e-12


def test_the_late_bias_comes_from_inputs_far_from_every_point():
    far_bias, far_share, widest = [], [], []
    for seed in range(20):
        dataset = points(50, seed)
        phi, grid = matrices(198, WAVES, dataset)
        x, clean = dataset.grid(300)[0].numpy(), target(dataset.inputs)
        path = linear_descent(phi, clean, start=np.zeros(199), learning_rate=RATE)
        bias = np.square(path.outputs(grid, [1000])[0] - target(dataset.grid(300)[0]))
        far = np.abs(x - dataset.inputs.numpy().T).min(axis=1) > 0.05
        far_bias.append(bias[far].sum() / bias.sum())
        far_share.append(far.mean())
        widest.append(np.diff(np.sort(dataset.inputs.numpy().ravel())).max())
    assert np.mean(far_bias) > 0.5
    assert np.mean(far_share) < 0.08
    assert 0.15 < np.mean(widest) < 0.18


def test_the_mean_of_simulations_is_the_formula_away_from_the_peak_and_the_median_finite_at_it():
    n, draws = 20, 1000
    for p in (5, 15, 30, 80):
        features, labels, beta = random_problems(n, p, draws=draws)
        risks = np.square(least_norm(features, labels) - beta).sum(axis=1)
        exact = least_norm_risk(n, p, noise=0.5, signal=1.0)
        assert abs(risks.mean() - exact) < 5 * risks.std() / np.sqrt(draws)
    features, labels, beta = random_problems(n, n, draws=draws)
    at = np.square(least_norm(features, labels) - beta).sum(axis=1)
    assert np.isinf(least_norm_risk(n, n, noise=0.5, signal=1.0))
    assert 1 < np.median(at) < 20
    # A tail so heavy that the mean belongs to a few draws.
    assert np.sort(at)[-draws // 100 :].sum() > 0.5 * at.sum()


def test_the_smallest_singular_value_of_a_square_is_below_epsilon_with_a_chance_that_is_linear():
    n, draws = 10, 20_000
    squares = np.random.default_rng(0).normal(size=(draws, n, n))
    smallest = np.linalg.svd(squares, compute_uv=False)[:, -1] * np.sqrt(n)
    for epsilon in (0.02, 0.05, 0.1):
        share = (smallest < epsilon).mean()
        error = np.sqrt(share / draws)
        # The constant is 1 in the limit of large n; epsilon^2 is left for what is small beside it.
        assert abs(share - epsilon) < 4 * error + epsilon**2


def test_more_data_hurt_the_least_norm_fit_and_help_ridge_and_a_stopped_descent():
    p, counts = 40, (20, 30, 36, 44, 60, 120)

    def means(g):
        return np.array([excess_risk(n, p, lambda s, n=n: g(s, n)).mean() for n in counts])

    inverse = means(lambda s, n: 1 / s)
    assert inverse[0] < inverse[1] < inverse[2]
    assert inverse[3] > inverse[4] > inverse[5]
    for g in (
        lambda s, n: s / (s**2 + 0.5**2 * p),
        lambda s, n: (1 - (1 - 0.1 * s**2 / n) ** 40) / s,
    ):
        helped = means(g)
        assert (np.diff(helped) < 0).all()
        assert (helped < inverse).all()
