"""Figures of landscapes: the axes given come back and hold the data given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots.landscapes import (
    plot_contours,
    plot_pairs,
    plot_sharpness,
    plot_trajectories,
)

RNG = np.random.default_rng(0)


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def test_contours_cover_the_grid_and_carry_a_colour_bar(ax):
    x, y = np.linspace(-3, 3, 7), np.linspace(-1, 2, 5)
    assert plot_contours(x, y, np.add.outer(y, x), ax=ax, levels=4) is ax
    assert (ax.get_xlim(), ax.get_ylim()) == ((-3, 3), (-1, 2))
    assert [other.get_ylabel() for other in ax.figure.axes if other is not ax] == ["$f(w)$"]
    assert ax.collections[0].get_rasterized()


@pytest.mark.parametrize("shape", [(6, 2), (6, 3, 2)])
def test_a_line_for_each_trajectory_and_one_entry_in_the_legend(ax, shape):
    paths = RNG.normal(size=shape)
    assert plot_trajectories(paths, ax=ax, label="runs") is ax
    drawn = np.stack([line.get_xydata() for line in ax.lines], axis=1)
    np.testing.assert_array_equal(drawn, paths.reshape(6, -1, 2))
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["runs"]


def test_pairs_lie_on_the_diagonal_where_they_agree(ax):
    first = RNG.normal(size=9)
    assert plot_pairs(first, 2 * first, ax=ax) is ax
    diagonal, dots = (line.get_xydata() for line in ax.lines)
    np.testing.assert_array_equal(diagonal[:, 0], diagonal[:, 1])
    np.testing.assert_array_equal(dots, np.stack([first, 2 * first], axis=1))


def test_each_sharpness_has_its_edge_in_its_own_colour(ax):
    sharpness = RNG.uniform(1, 9, size=(4, 2))
    assert plot_sharpness(np.arange(4), sharpness, learning_rates=[0.1, 0.5], ax=ax) is ax
    runs, edges = ax.lines[::2], ax.lines[1::2]
    np.testing.assert_array_equal(np.stack([r.get_ydata() for r in runs], axis=1), sharpness)
    assert [edge.get_ydata()[0] for edge in edges] == [20, 4]
    assert [r.get_color() for r in runs] == [e.get_color() for e in edges]


def test_as_many_learning_rates_as_columns(ax):
    with pytest.raises(ValueError, match="zip"):
        plot_sharpness(np.arange(4), np.ones((4, 2)), learning_rates=[0.1], ax=ax)


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plot_contours([0, 1], [0, 1], np.eye(2)),
        lambda: plot_trajectories(np.zeros((3, 2))),
        lambda: plot_pairs([0.0, 1.0], [1.0, 0.0]),
        lambda: plot_sharpness([0, 1], [1.0, 2.0], learning_rates=[0.1]),
    ],
)
def test_without_axes_each_opens_its_own(draw):
    before = len(plt.get_fignums())
    draw()
    assert len(plt.get_fignums()) == before + 1
    plt.close("all")
