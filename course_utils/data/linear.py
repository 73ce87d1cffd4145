"""Inputs and outputs for linear networks, with second moments to order."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from course_utils import _validate

Array = NDArray[np.float64]


def whiten(vectors: ArrayLike, n_components: int) -> Array:
    """The vectors' leading principal components, scaled to variance 1, shape (n, n_components).

    X'X / n is the identity and the mean of X is 0. Each axis points where its component of largest
    size is positive.

    Raises
    ------
    ValueError : for more components than the vectors, shape (n, d), have directions of variance.

    >>> from course_utils.data import load_images
    >>> x = whiten(load_images("digits", seed=0).as_vectors(), 50)
    >>> bool(np.allclose(x.T @ x / len(x), np.eye(50)))
    True
    """
    rows = _validate.finite("vectors", vectors)
    _validate.shape("vectors", rows, ("n", "d"))
    _validate.whole("n_components", n_components, at_least=1)
    u, s, vt = np.linalg.svd(rows - rows.mean(axis=0), full_matrices=False)
    rounding = max(rows.shape) * np.finfo(float).eps * np.linalg.norm(rows)  # the mean's too
    rank = int((s > rounding).sum())
    if n_components > rank:
        raise ValueError(
            f"n_components={n_components}: the vectors vary in {rank} directions; "
            "ask for at most that"
        )
    return np.sqrt(len(rows)) * (u * sign_of_largest(vt)[:, 0])[:, :n_components]


def inputs_with_variances(
    n: int, variances: ArrayLike, *, axes: ArrayLike | None = None, seed: int
) -> Array:
    """Random inputs, shape (n, d), with exactly these second moments along these axes.

    X'X / n = V diag(variances) V', with the orthonormal `axes` as the rows of V', shape (d, d); the
    coordinate axes if None.

    Raises
    ------
    ValueError : for a variance that is not positive, axes that are not orthonormal, or n < d.

    >>> x = inputs_with_variances(50, [2.0, 0.02], seed=0)
    >>> (x.T @ x / 50).round(12).tolist()
    [[2.0, 0.0], [0.0, 0.02]]
    """
    lam = _validate.finite("variances", variances)
    _validate.shape("variances", lam, ("d",))
    if (lam <= 0).any():
        raise ValueError(f"variances={variances!r}: give numbers above 0")
    _validate.whole("n", n, at_least=len(lam))
    vt = _validate.orthonormal("axes", np.eye(len(lam)) if axes is None else axes, size=len(lam))
    drawn = np.random.default_rng(seed).normal(size=(n, len(lam)))
    orthonormal = np.linalg.qr(drawn)[0]
    return np.sqrt(n) * orthonormal * np.sqrt(lam) @ vt


def semantic_tree(levels: int = 3) -> tuple[Array, Array]:
    """Items at the leaves of a binary tree, described by the branches that they belong to.

    Item i of the 2^levels items is the i-th unit vector, scaled so that the inputs are white,
    X'X / n = I. Its features are 0 or 1: one for each node of the tree, root first, 1 where the
    item stands below it. So all items share the root, half of them each branch, and so on.

    Returns inputs, shape (n, n), and outputs, shape (n, 2 n - 1), with n = 2^levels.

    >>> x, y = semantic_tree(3)
    >>> (np.linalg.svd(y.T @ x / 8)[1] ** 2 * 8).round(9).tolist()
    [15.0, 7.0, 3.0, 3.0, 1.0, 1.0, 1.0, 1.0]
    """
    _validate.whole("levels", levels, at_least=1)
    n = 2**levels
    below = [np.kron(np.eye(2**level), np.ones(n // 2**level)) for level in range(levels + 1)]
    return np.sqrt(n) * np.eye(n), np.vstack(below).T


def sign_of_largest(rows: Array) -> Array:
    """The sign of each row's entry of largest size, shape (rows, 1)."""
    where = np.abs(rows).argmax(axis=1, keepdims=True)
    return np.sign(np.take_along_axis(rows, where, axis=1))
