"""The risk of random features against its definition, simulated; and its limits."""

import numpy as np
import pytest

from course_utils.theory import least_norm, least_norm_risk


@pytest.mark.parametrize(("n", "p"), [(30, 10), (30, 22), (20, 45), (20, 80)])
@pytest.mark.parametrize(("noise", "signal"), [(1.0, 0.5), (0.3, 2.0), (0.0, 1.0)])
def test_it_is_the_mean_over_many_draws(n, p, noise, signal):
    rng, draws = np.random.default_rng(n + p), 2000
    beta = rng.normal(size=p)
    beta *= signal / np.linalg.norm(beta)
    x = rng.normal(size=(draws, n, p))
    y = x @ beta + noise * rng.normal(size=(draws, n))
    risks = np.square(least_norm(x, y) - beta).sum(axis=-1)
    expected = least_norm_risk(n, p, noise=noise, signal=signal)
    # Six standard errors of the mean, from the draws themselves: a false alarm once in 1e9.
    error = 6 * risks.std() / np.sqrt(draws)
    assert risks.mean() == pytest.approx(float(expected), abs=error + 1e-12)


def test_it_is_infinite_around_n_and_finite_beyond():
    sizes = np.arange(1, 20)
    risk = least_norm_risk(10, sizes, noise=0.1, signal=1.0)
    assert (np.isinf(risk) == (np.abs(sizes - 10) <= 1)).all()


def test_without_noise_few_features_are_found_exactly():
    risk = least_norm_risk(10, [1, 8, 9, 10], noise=0.0, signal=1.0)
    np.testing.assert_array_equal(risk, 0)
    np.testing.assert_allclose(least_norm_risk(10, [11, 20], noise=0.0, signal=2.0), [4 / 11, 2])


def test_far_beyond_n_nothing_is_learned():
    assert least_norm_risk(10, 10**9, noise=1.0, signal=3.0) == pytest.approx(9, rel=1e-7)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"n": 0}, "n=0"),
        ({"p": 2.5}, "p="),
        ({"noise": -1}, "noise=-1"),
        ({"signal": np.nan}, "signal="),
    ],
)
def test_bad_input_is_named(change, said):
    good = {"n": 10, "p": 5, "noise": 1.0, "signal": 1.0}
    with pytest.raises(ValueError, match=said):
        least_norm_risk(**(good | change))
