"""Two-layer linear networks and their starts.

The network maps an input x of d numbers to W32 W21 x, with m hidden units and k outputs. The
matrix W21 W21' - W32' W32, its imbalance, is conserved by gradient flow. A start is balanced
where it is 0.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


@dataclass(frozen=True)
class LinearNetwork:
    """The weights of one network, or of several along leading axes."""

    w21: Array
    """From inputs to hidden units, shape (..., m, d)."""
    w32: Array
    """From hidden units to outputs, shape (..., k, m)."""

    def __post_init__(self) -> None:
        w21, w32 = _validate.finite("w21", self.w21), _validate.finite("w32", self.w32)
        few_axes = min(w21.ndim, w32.ndim) < 2
        if few_axes or w32.shape[:-2] != w21.shape[:-2] or w32.shape[-1] != w21.shape[-2]:
            raise ValueError(
                f"w21 has shape {w21.shape}, w32 has shape {w32.shape}: "
                "give arrays of shapes (..., m, d) and (..., k, m)"
            )
        object.__setattr__(self, "w21", w21)
        object.__setattr__(self, "w32", w32)

    @property
    def map(self) -> Array:
        """W32 W21, shape (..., k, d)."""
        return self.w32 @ self.w21

    @property
    def imbalance(self) -> Array:
        """W21 W21' - W32' W32, shape (..., m, m)."""
        first = self.w21 @ np.swapaxes(self.w21, -1, -2)
        return first - np.swapaxes(self.w32, -1, -2) @ self.w32


def random_network(
    n_inputs: int, hidden_dim: int, n_outputs: int, *, scale: float, seed: int
) -> LinearNetwork:
    """Independent weights from N(0, scale^2).

    >>> random_network(100, 20, 10, scale=1.0, seed=0).map.shape
    (10, 100)
    """
    _check_sizes(n_inputs, hidden_dim, n_outputs)
    _validate.positive("scale", scale)
    rng = np.random.default_rng(seed)
    w21 = scale * rng.normal(size=(hidden_dim, n_inputs))
    return LinearNetwork(w21, scale * rng.normal(size=(n_outputs, hidden_dim)))


def balanced_network(
    n_inputs: int, hidden_dim: int, n_outputs: int, *, scale: float, seed: int
) -> LinearNetwork:
    """A balanced start in general position: aligned with nothing.

    A random map A B with entries of A and B from N(0, scale^2) is cut into two layers that share
    each of its singular values evenly.

    >>> network = balanced_network(5, 4, 3, scale=0.1, seed=0)
    >>> bool(np.allclose(network.imbalance, 0))
    True
    """
    drawn = random_network(n_inputs, hidden_dim, n_outputs, scale=scale, seed=seed)
    u, s, vt = np.linalg.svd(drawn.map, full_matrices=False)
    modes = min(len(s), hidden_dim)
    hidden = _orthonormal_columns(hidden_dim, modes, np.random.default_rng([seed, 1]))
    even = np.sqrt(s[:modes])
    return LinearNetwork(hidden * even @ vt[:modes], u[:, :modes] * even @ hidden.T)


def aligned_network(
    u: ArrayLike,
    vt: ArrayLike,
    strengths: ArrayLike,
    *,
    hidden_dim: int,
    imbalances: ArrayLike = 0.0,
    seed: int,
) -> LinearNetwork:
    """A start whose modes are given: W21 = R D1 V', W32 = U D2 R', R orthogonal and random.

    Parameters
    ----------
    u, vt : output directions as columns, shape (k, k), input directions as rows, shape (d, d).
    strengths : the modes' strengths d1 d2, shape (r,) with r at most k, d and `hidden_dim`.
    imbalances : d2^2 - d1^2 for each mode, of any sign; 0 is a balanced mode.

    Raises
    ------
    ValueError : for shapes that do not fit, or more modes than hidden units.

    >>> network = aligned_network(np.eye(2), np.eye(3), [0.1, 0.2], hidden_dim=4, seed=0)
    >>> np.diagonal(network.map).round(12).tolist()
    [0.1, 0.2]
    """
    u, vt = _validate.orthonormal("u", u), _validate.orthonormal("vt", vt)
    _validate.whole("hidden_dim", hidden_dim, at_least=1)
    strength = _validate.finite("strengths", strengths)
    _validate.shape("strengths", strength, ("r",))
    r = len(strength)
    if r > min(len(u), len(vt), hidden_dim):
        raise ValueError(
            f"strengths has {r} modes: there is room for min(k, d, hidden_dim) = "
            f"{min(len(u), len(vt), hidden_dim)}"
        )
    c = _validate.finite("imbalances", imbalances)
    if c.ndim:
        _validate.shape("imbalances", c, (r,))
    large = np.sqrt((np.abs(c) + np.hypot(c, 2 * strength)) / 2)
    small = np.divide(strength, large, out=np.zeros(r), where=large > 0)
    first, second = np.where(c >= 0, small, large), np.where(c >= 0, large, small)
    hidden = _orthonormal_columns(hidden_dim, r, np.random.default_rng(seed))
    return LinearNetwork(hidden * first @ vt[:r], u[:, :r] * second @ hidden.T)


def _orthonormal_columns(rows: int, columns: int, rng: np.random.Generator) -> Array:
    return np.linalg.qr(rng.normal(size=(rows, columns)))[0]


def _check_sizes(n_inputs: int, hidden_dim: int, n_outputs: int) -> None:
    sizes = {"n_inputs": n_inputs, "hidden_dim": hidden_dim, "n_outputs": n_outputs}
    for name, size in sizes.items():
        _validate.whole(name, size, at_least=1)
