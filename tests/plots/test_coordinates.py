"""Figures of matrices and coordinates: what is given is drawn, in the colours that it says."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import LogNorm

from course_utils.plots import plot_coordinates, plot_matrices

RNG = np.random.default_rng(0)
STEPS, VALUES = np.array([0, 1, 5, 20]), RNG.uniform(0.01, 1, size=(4, 3))


@pytest.fixture(autouse=True)
def figures():
    yield
    plt.close("all")


def test_matrices_stand_side_by_side_in_the_same_colours():
    matrices = RNG.normal(size=(5, 5)), 3 * RNG.normal(size=(2, 4))
    axes = plot_matrices(matrices, titles=["a", "b"])
    assert [ax.get_title() for ax in axes] == ["a", "b"]
    largest = np.abs(matrices[1]).max()
    for ax, matrix in zip(axes, matrices, strict=True):
        (image,) = ax.images
        np.testing.assert_array_equal(image.get_array(), matrix)
        assert image.get_clim() == (-largest, largest)
        rows, columns = matrix.shape
        assert tuple(image.get_extent()) == (0.5, columns + 0.5, rows + 0.5, 0.5)
    red, _, blue, _ = image.cmap(1.0)
    assert red > blue  # above zero
    assert len(axes[0].figure.axes) == 3  # two matrices and the colour bar


def test_the_limit_of_the_colours_is_shown_where_it_cuts():
    first, last = plot_matrices([np.eye(3), np.zeros((3, 3))], limit=0.1)
    assert first.images[0].get_clim() == (-0.1, 0.1)
    assert last.images[0].colorbar.extend == "both"  # of the first, though the bar is the last's
    assert plot_matrices([np.eye(3)], limit=1)[0].images[0].colorbar.extend == "neither"


@pytest.mark.parametrize("bad", [np.ones(3), np.ones((2, 2, 2)), [[np.nan]]])
def test_what_is_no_finite_matrix_is_refused(bad):
    with pytest.raises(ValueError, match=r"matrices\[1\]"):
        plot_matrices([np.eye(2), bad])


def test_coordinates_are_rows_the_first_on_top():
    ax = plt.subplots()[1]
    assert plot_coordinates(STEPS, VALUES, limits=(0, 1), title="t", ax=ax) is ax
    (mesh,) = ax.collections
    np.testing.assert_array_equal(mesh.get_array(), VALUES.T)
    k, row = mesh.get_coordinates()[0, :, 0], mesh.get_coordinates()[:, 0, 1]
    np.testing.assert_array_equal(k, [-0.5, 0.5, 3, 12.5, 27.5])  # halfway between the steps
    np.testing.assert_array_equal(row, [0.5, 1.5, 2.5, 3.5])
    assert mesh.get_clim() == (0, 1)
    top, bottom = ax.get_ylim()[1], ax.get_ylim()[0]
    assert top < bottom
    assert (ax.get_xlabel(), ax.get_ylabel(), ax.get_title()) == ("step", "coordinate", "t")
    assert len(ax.figure.axes) == 1  # no colour bar without a label


def test_little_and_nothing_differ_in_logarithmic_colours():
    values = np.array([[0.0, 1e-20, 1e-3, 5.0]] * 2)
    ax = plot_coordinates(
        [0, 1], values, limits=(1e-16, 1), log_colours=True, colour_label="change"
    )
    (mesh,) = ax.collections
    assert isinstance(mesh.norm, LogNorm)
    np.testing.assert_array_equal(mesh.get_array()[:, 0], [1e-16, 1e-16, 1e-3, 1])
    assert ax.figure.axes[1].get_ylabel() == "change"
    ax.figure.canvas.draw()


def test_style_is_passed_on():
    ax = plot_coordinates(STEPS, VALUES, limits=(0, 1), rasterized=False, cmap="magma")
    (mesh,) = ax.collections
    assert not mesh.get_rasterized()
    assert mesh.get_cmap().name == "magma"


def test_as_many_rows_as_steps_are_asked_for():
    with pytest.raises(ValueError, match=r"shape \(4, 3\): give an array of shape \(3, p\)"):
        plot_coordinates(STEPS[:3], VALUES, limits=(0, 1))
