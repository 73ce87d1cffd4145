"""Labelled images, one return type for all sources.

scikit-learn's handwritten digits come with its package and need no network. MNIST and CIFAR-10
come through torchvision, which downloads them once into `root`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _validate

EMBEDDED = "digits"
DOWNLOADED = {"mnist": "MNIST", "cifar10": "CIFAR10"}


@dataclass(frozen=True)
class Images:
    """`pixels` in [0, 1], shape (n, height, width, channels), and `labels`, shape (n,)."""

    name: str
    pixels: NDArray[np.float64]
    labels: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pixels)

    def as_vectors(self) -> NDArray[np.float64]:
        """The images as rows, shape (n, height * width * channels)."""
        return self.pixels.reshape(len(self), -1)


def load_images(
    name: str = EMBEDDED, *, n: int | None = None, seed: int, root: str | Path = "datasets"
) -> Images:
    """`n` images in random order, or all of them.

    Parameters
    ----------
    name : "digits" (1797 of 8x8, embedded), "mnist" (60000 of 28x28) or "cifar10" (50000 of
        32x32 in colour); the last two are downloaded into `root` where they are not yet there.
    n : how many; drawn without replacement by `seed`.

    Raises
    ------
    ValueError : for an unknown name, or more images than there are.
    ConnectionError : where the download fails; it names the embedded data to use instead.

    >>> load_images("digits", n=100, seed=0).pixels.shape
    (100, 8, 8, 1)
    """
    _validate.choice("name", name, [EMBEDDED, *DOWNLOADED])
    if n is not None:
        _validate.whole("n", n, at_least=1)
    raw, labels, white = _digits() if name == EMBEDDED else _from_torchvision(name, Path(root))
    if n is not None and n > len(raw):
        raise ValueError(f"n={n}: {name!r} has {len(raw)} images; ask for at most that")
    order = np.random.default_rng(seed).permutation(len(raw))[:n]
    pixels = raw[order].astype(np.float64) / white
    if pixels.ndim == 3:
        pixels = pixels[..., np.newaxis]
    return Images(name, pixels, labels[order].astype(np.int64))


def _digits() -> tuple[NDArray, NDArray, float]:
    """Images, labels, and the number that stands for white."""
    from sklearn.datasets import load_digits  # imported late: half a second

    digits = load_digits()
    return digits.images, digits.target, 16


def _from_torchvision(name: str, root: Path) -> tuple[NDArray, NDArray, float]:
    from torchvision import datasets

    loader = getattr(datasets, DOWNLOADED[name])
    try:
        dataset = loader(root, train=True, download=True)
    except (OSError, RuntimeError) as error:
        raise ConnectionError(
            f"name={name!r}: not found in {str(root)!r} and the download failed ({error}); "
            f"use the embedded data, name={EMBEDDED!r}, or put the files there"
        ) from error
    return np.asarray(dataset.data), np.asarray(dataset.targets), 255
