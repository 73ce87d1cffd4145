"""Images: the embedded digits, and MNIST and CIFAR-10 read by torchvision from files written here.

No test touches the network: `urlopen`, on which all of torchvision's downloads rest, refuses.
"""

import gzip
import hashlib
import pickle
import re
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.datasets import load_digits
from torchvision.datasets import CIFAR10, MNIST

from course_utils.data import Images, load_images

LABELS = np.array([3, 0, 9, 1, 7, 2, 8, 5, 4, 6])
"""A label for each of ten images, none twice: the label says which image it is."""


@pytest.fixture(autouse=True)
def requests(monkeypatch) -> list[str]:
    """What was asked of the network; every answer is that it is not there."""
    asked = []

    def refuse(request, *args, **kwargs):
        asked.append(getattr(request, "full_url", request))
        raise URLError("no network here")

    monkeypatch.setattr("urllib.request.urlopen", refuse)
    return asked


def random_bytes(*shape: int) -> NDArray[np.uint8]:
    return np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)


def md5(content: bytes) -> str:
    return hashlib.md5(content).hexdigest()


def write_mnist(root: Path, monkeypatch, *, zipped: bool) -> NDArray[np.uint8]:
    """Ten images in MNIST's own format, IDX; returns them as (10, 28, 28, 1)."""
    images = random_bytes(10, 28, 28)
    folder, resources = root / "MNIST" / "raw", []
    folder.mkdir(parents=True)
    for part in ("train", "t10k"):
        for name, array in [("images-idx3", images), ("labels-idx1", LABELS.astype(np.uint8))]:
            # Magic number: two zeros, 8 for unsigned bytes, number of axes; then the lengths.
            header = bytes([0, 0, 8, array.ndim]) + np.array(array.shape, dtype=">i4").tobytes()
            content, path = header + array.tobytes(), folder / f"{part}-{name}-ubyte"
            packed = gzip.compress(content)
            if zipped:
                path = path.with_name(f"{path.name}.gz")
            path.write_bytes(packed if zipped else content)
            resources.append((f"{part}-{name}-ubyte.gz", md5(packed)))
    monkeypatch.setattr(MNIST, "resources", resources)
    return images[..., None]


class OldPickler(pickle._Pickler):
    """Pickles arrays as the NumPy of 2009 did, with which CIFAR-10's files were written."""

    def reducer_override(self, value):
        if isinstance(value, np.dtype):
            return np.dtype, (value.str[1:], 0, 1), value.__reduce__()[2]
        return NotImplemented


def write_pickle(path: Path, content: dict) -> str:
    with path.open("wb") as file:
        OldPickler(file, protocol=2).dump(content)
    return md5(path.read_bytes())


def write_cifar10(root: Path, monkeypatch) -> NDArray[np.uint8]:
    """Ten images in CIFAR-10's own format: red, green, blue planes; returns (10, 32, 32, 3)."""
    rows, folder = random_bytes(10, 3 * 32 * 32), root / "cifar-10-batches-py"
    folder.mkdir(parents=True)
    train_list = []
    for i in range(5):
        batch = {"data": rows[2 * i : 2 * i + 2], "labels": LABELS[2 * i : 2 * i + 2].tolist()}
        name = f"data_batch_{i + 1}"
        train_list.append([name, write_pickle(folder / name, batch)])
    test = write_pickle(folder / "test_batch", {"data": rows[:1], "labels": [0]})
    meta = write_pickle(folder / "batches.meta", {"label_names": [*"abcdefghij"]})
    monkeypatch.setattr(CIFAR10, "train_list", train_list)
    monkeypatch.setattr(CIFAR10, "test_list", [["test_batch", test]])
    monkeypatch.setitem(CIFAR10.meta, "md5", meta)
    return np.stack([rows.reshape(10, 3, 32, 32)[:, colour] for colour in range(3)], axis=-1)


def assert_holds(images: Images, name: str, expected: NDArray[np.uint8]) -> None:
    """Each of the ten images once, beside its own label."""
    assert images.name == name
    assert (images.pixels.dtype, images.labels.dtype) == (np.float64, np.int64)
    assert sorted(images.labels) == list(range(10))
    by_label = expected[np.argsort(LABELS)] / 255
    assert (images.pixels == by_label[images.labels]).all()


@pytest.mark.parametrize("zipped", [True, False])
def test_mnist_is_read_from_its_own_files(tmp_path, monkeypatch, requests, zipped):
    expected = write_mnist(tmp_path, monkeypatch, zipped=zipped)
    assert_holds(load_images("mnist", seed=0, root=tmp_path), "mnist", expected)
    assert requests == []


def test_cifar10_is_read_from_its_own_files_in_silence(tmp_path, monkeypatch, requests, capfd):
    expected = write_cifar10(tmp_path, monkeypatch)
    assert_holds(load_images("cifar10", seed=0, root=str(tmp_path)), "cifar10", expected)
    assert requests == []
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("name", ["mnist", "cifar10"])
def test_a_failed_download_says_what_to_use_instead(name, tmp_path, requests):
    with pytest.raises(ConnectionError, match=re.escape(f"name={name!r}")) as caught:
        load_images(name, seed=0, root=tmp_path)
    assert "one of digits, large_digits, patches" in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert "no network here" in str(caught.value)
    assert requests  # it did try


def test_digits_are_scikit_learns(requests):
    images, source = load_images(seed=0), load_digits()
    assert images.name == "digits"
    assert images.pixels.shape == (len(images), 8, 8, 1) == (1797, 8, 8, 1)
    assert (images.pixels.dtype, images.labels.dtype) == (np.float64, np.int64)
    assert (images.pixels.min(), images.pixels.max()) == (0, 1)

    def table(pixels, labels):
        return sorted(map(tuple, np.column_stack([pixels.reshape(1797, -1), labels])))

    assert table(images.pixels, images.labels) == table(source.images / 16, source.target)
    assert requests == []


def test_a_sample_is_the_head_of_the_seeds_own_order():
    everything = load_images(seed=1)
    for n in (1, 100, 1797):
        sample = load_images(n=n, seed=1)
        assert len(sample) == n
        assert (sample.pixels == everything.pixels[:n]).all()
        assert (sample.labels == everything.labels[:n]).all()
    assert not (load_images(seed=2).labels == everything.labels).all()


def test_vectors_are_the_rows_of_the_images():
    images = load_images(n=5, seed=0)
    assert images.as_vectors().shape == (5, 64)
    assert (images.as_vectors()[3, 8:16] == images.pixels[3, 1, :, 0]).all()


BAD = [("name", "minst"), ("name", None), ("n", 0), ("n", -1), ("n", 2.5), ("n", 1798)]


@pytest.mark.parametrize(("argument", "value"), BAD)
def test_bad_input_is_named(argument, value):
    with pytest.raises(ValueError, match=re.escape(f"{argument}={value!r}")):
        load_images(**{"seed": 0, argument: value})


def test_a_bad_number_is_refused_before_anything_is_downloaded(tmp_path, requests):
    with pytest.raises(ValueError, match="n=0"):
        load_images("mnist", n=0, seed=0, root=tmp_path)
    assert requests == []
