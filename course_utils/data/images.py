"""Labelled images, one return type for all sources.

scikit-learn's handwritten digits and photographs come with its package and need no network. MNIST
and CIFAR-10 come through torchvision, which downloads them once into `root`.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from course_utils import _validate

EMBEDDED = ("digits", "large_digits", "patches")
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
    name: str = "digits", *, n: int | None = None, seed: int, root: str | Path = "datasets"
) -> Images:
    """`n` images in random order, or all of them.

    Parameters
    ----------
    name : "digits" (1797 of 8x8), "large_digits" (the same, enlarged to MNIST's 28x28) or "patches"
        (520 of 32x32 in colour, as in CIFAR-10, from two photographs; labelled by photograph) are
        embedded; "mnist" (60000 of 28x28) and "cifar10" (50000 of 32x32 in colour) are downloaded
        into `root` where they are not yet there.
    n : how many; drawn without replacement by `seed`.

    Raises
    ------
    ValueError : for an unknown name, or more images than there are.
    ConnectionError : where the download fails; it names the embedded data to use instead.

    >>> load_images("digits", n=100, seed=0).pixels.shape
    (100, 8, 8, 1)
    """
    _validate.choice("name", name, [*EMBEDDED, *DOWNLOADED])
    if n is not None:
        _validate.whole("n", n, at_least=1)
    embedded = {"digits": _digits, "large_digits": _large_digits, "patches": _patches}
    raw, labels, white = (
        embedded[name]() if name in embedded else _from_torchvision(name, Path(root))
    )
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


def _large_digits() -> tuple[NDArray, NDArray, float]:
    """The digits at 28x28 pixels, interpolated linearly."""
    from scipy.ndimage import zoom

    images, labels, white = _digits()
    large = zoom(images, (1, 28 / 8, 28 / 8), order=1, mode="nearest", grid_mode=True)
    return large, labels, white


def _patches(size: int = 32) -> tuple[NDArray, NDArray, float]:
    """All squares of a grid on two photographs that come with scikit-learn."""
    from sklearn.datasets import load_sample_images

    patches, labels = [], []
    for label, photo in enumerate(load_sample_images().images):
        rows, columns = photo.shape[0] // size, photo.shape[1] // size
        grid = photo[: rows * size, : columns * size].reshape(rows, size, columns, size, 3)
        patches.append(grid.swapaxes(1, 2).reshape(-1, size, size, 3))
        labels.append(np.full(rows * columns, label))
    return np.concatenate(patches), np.concatenate(labels), 255


def _from_torchvision(name: str, root: Path) -> tuple[NDArray, NDArray, float]:
    from torchvision import datasets

    loader = getattr(datasets, DOWNLOADED[name])
    try:
        dataset = loader(root, train=True, download=True)
    except (OSError, RuntimeError) as error:
        raise ConnectionError(
            f"name={name!r}: not found in {str(root)!r} and the download failed ({error}); "
            f"use embedded data, one of {', '.join(EMBEDDED)}, or put the files there"
        ) from error
    return np.asarray(dataset.data), np.asarray(dataset.targets), 255
