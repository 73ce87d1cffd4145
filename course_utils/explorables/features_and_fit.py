"""A least-norm fit by p waves and a bias, as p slides through the number of points."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate
from course_utils.data import ToyRegression
from course_utils.explorables.figure import Explorable, points, within
from course_utils.theory import least_norm

Array = NDArray[np.float64]
MOST_POINTS, MOST_FEATURES, DRAWS = 40, 60, (3, 2, 0, 8)
GRID = np.linspace(-1, 1, 201)


def features_and_fit(
    *,
    n_features: int = 18,
    n_points: int = 20,
    noise_level: float = 0.1,
    run: ArrayLike | None = None,
) -> Explorable:
    """The fit to noisy points of the target *middle*, its training loss and its true risk.

    The features are cos k pi x and sin k pi x, k = 1, ..., p/2, and a bias; the weights are those
    of least squares, the shortest of all that fit as well. The risk is the mean square distance
    from the target on 201 places of [-1, 1].

    Parameters
    ----------
    n_features : p, even, from 0 to 60.
    n_points : n, from 10 to 40.
    noise_level : standard deviation of the noise of the labels, from 0 to 0.3.
    run : your own risks, drawn on top: (number of features, risk), shape (K, 2), K >= 2.

    Raises
    ------
    ValueError : for values outside of these ranges, a run of another shape or risks not above 0.

    >>> features_and_fit(n_features=30).start["p"]
    30
    """
    for name, value in (("n_features", n_features), ("n_points", n_points)):
        _validate.whole(name, value)
    if n_features % 2:
        raise ValueError(f"n_features={n_features!r}: give an even number, a cosine for each sine")
    start: dict[str, Any] = {
        "p": int(within("n_features", n_features, 0, MOST_FEATURES)),
        "n": int(within("n_points", n_points, 10, MOST_POINTS)),
        "noise": within("noise_level", noise_level, 0, 0.3),
        "draw": 0,
        "draws": [{"x": x.tolist(), "z": z.tolist()} for x, z in map(draw, DRAWS)],
        "run": None,
    }
    if run is not None:
        path = points("run", run)
        if (path[:, 1] <= 0).any():
            raise ValueError(f"run: a risk of {path[:, 1].min():g}: give risks above 0")
        start["run"] = {"features": path[:, 0].tolist(), "risks": path[:, 1].tolist()}
    return Explorable(
        name="features_and_fit",
        sentence="A fit by waves to noisy points: choose how many waves, how many points and how "
        "much noise, and see the curve, its training loss and its distance from the target.",
        start=start,
        picture=_picture(start["p"], start["n"], start["noise"]),
        alt="Left: twenty points on three straight pieces and a curve through all of them that "
        "swings out of the picture in a gap. Right: the training loss falls to zero at as many "
        "weights as points; the risk has a high peak there and falls again.",
    )


def draw(seed: int) -> tuple[Array, Array]:
    """Inputs of 40 points and standard normal numbers for their noise, four digits each."""
    inputs = ToyRegression(MOST_POINTS, seed=seed).inputs[:, 0].double().numpy()
    return inputs.round(4), np.random.default_rng(seed).normal(size=MOST_POINTS).round(4)


def target(x: Array) -> Array:
    return np.abs(x + 0.5) - 2 * np.maximum(x - 0.5, 0) - 0.4


def waves(x: Array, p: int) -> Array:
    """The bias and p features, shape (len(x), p + 1)."""
    angles = np.pi * np.outer(x, np.arange(1, p // 2 + 1))
    both = np.stack([np.cos(angles), np.sin(angles)], axis=-1).reshape(len(x), p)
    return np.column_stack([np.ones(len(x)), both])


def fit(p: int, inputs: Array, labels: Array) -> tuple[Array, float, float]:
    """The curve on the grid, the training loss and the risk."""
    weights = least_norm(waves(inputs, p), labels)
    curve, outputs = waves(GRID, p) @ weights, waves(inputs, p) @ weights
    risk = np.square(curve - target(GRID)).mean()
    return curve, float(np.square(outputs - labels).mean()), float(risk)


def _picture(p: int, n: int, noise: float) -> Figure:
    x, z = draw(DRAWS[0])
    inputs, labels = x[:n], target(x[:n]) + noise * z[:n]
    sizes = np.arange(0, MOST_FEATURES + 1, 2)
    errors = np.array([fit(int(size), inputs, labels)[1:] for size in sizes])
    figure = Figure(figsize=(6.6, 3.0), layout="constrained")
    left, right = figure.subplots(1, 2)
    left.plot(GRID, target(GRID), color="0.6")
    left.plot(GRID, fit(p, inputs, labels)[0], color="#0072b2")
    left.plot(inputs, labels, ".", color="#009e73")
    left.set(xlabel="x", ylabel="y", ylim=(-1, 1))
    right.semilogy(sizes, errors[:, 0].clip(1e-5), color="#009e73", label="training loss")
    right.semilogy(sizes, errors[:, 1], color="#0072b2", label="true risk")
    right.axvline(n - 1, color="0.6", linestyle=":")
    right.set(xlabel="features p", ylabel="mean square error", ylim=(1e-5, 1e4))
    right.legend(frameon=False)
    return figure
