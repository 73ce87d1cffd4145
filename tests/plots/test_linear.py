"""Figures of linear networks: the data given are drawn, dots have the colours of their lines."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils import plots

T, STRENGTHS = np.linspace(0, 1, 5), np.random.default_rng(0).uniform(size=(5, 3))
DOTS = np.array([0.0, 0.5]), np.random.default_rng(1).uniform(size=(2, 3))
PATH = np.random.default_rng(2).normal(size=(7, 2, 2))
BEST = np.array([[1.0, 2.0], [3.0, 4.0]])
INPUTS = np.array([[0.6, 0.8], [-0.8, 0.6]])
OUTPUTS = np.array([[0.0, 1.0], [1.0, 0.0]])


@pytest.fixture(autouse=True)
def figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("plot", [plots.plot_modes, plots.plot_losses])
def test_dots_lie_beside_their_lines_in_the_same_colour(plot):
    ax = plt.subplots()[1]
    assert plot(T, STRENGTHS, dots=DOTS, labels=list("abc"), ax=ax) is ax
    lines, dots = ax.lines[:3], ax.lines[3:]
    assert [line.get_label() for line in lines] == ["a", "b", "c"]
    assert len(dots) == 3
    for i, (line, dot) in enumerate(zip(lines, dots, strict=True)):
        np.testing.assert_array_equal(line.get_xydata(), np.c_[T, STRENGTHS[:, i]])
        np.testing.assert_array_equal(dot.get_xydata(), np.c_[DOTS[0], DOTS[1][:, i]])
        assert line.get_color() == dot.get_color()
        assert dot.get_marker() == "o"
        assert dot.get_linestyle() == "None"
    assert len({line.get_color() for line in lines}) == 3


def test_dots_of_fewer_modes_than_lines_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        plots.plot_modes(T, STRENGTHS, dots=(DOTS[0], DOTS[1][:, :2]))


def test_the_goal_of_modes_is_drawn_behind_them():
    ax = plots.plot_modes(T, STRENGTHS[:, 0], goal=[1.0, 2.0], xlabel="step")
    assert [line.get_ydata()[0] for line in ax.lines[:2]] == [1.0, 2.0]
    assert all(line.get_zorder() < ax.lines[2].get_zorder() for line in ax.lines[:2])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "strength of the mode")


@pytest.mark.parametrize("shape", [(3, 4, 5), (3, 4, 5, 1), (1, 4, 5)])
def test_images_stand_side_by_side(shape):
    pixels = np.random.default_rng(0).uniform(size=shape)
    axes = plots.plot_images(pixels, titles=range(shape[0]))
    assert [ax.get_title() for ax in axes] == [str(i) for i in range(shape[0])]
    for ax, image in zip(axes, pixels, strict=True):
        np.testing.assert_array_equal(ax.images[0].get_array(), image.reshape(4, 5))


def panels() -> dict[tuple[str, str], plt.Axes]:
    """The six panels of a path, by their labels without the name of the map."""
    axes = plots.plot_weight_paths(
        [PATH, 2 * PATH], labels=["a", "b"], best=BEST, inputs=INPUTS, outputs=OUTPUTS
    )
    return {(ax.get_xlabel()[4:6], ax.get_ylabel()[4:6]): ax for ax in axes}


def test_every_pair_of_weights_has_a_panel_with_both_paths():
    drawn = panels()
    assert list(drawn) == [("11", "12"), ("11", "21"), ("11", "22"), ("12", "21"), ("12", "22"),
                           ("21", "22")]  # fmt: skip
    entry = {"11": (0, 0), "12": (0, 1), "21": (1, 0), "22": (1, 1)}
    for (i, j), ax in drawn.items():
        a, a_start, b, b_start, cross = ax.lines[:5]
        for path, line, start in [(PATH, a, a_start), (2 * PATH, b, b_start)]:
            expected = np.stack([path[:, *entry[i]], path[:, *entry[j]]], axis=1)
            np.testing.assert_array_equal(line.get_xydata(), expected)
            np.testing.assert_array_equal(start.get_xydata()[0], expected[0])
            assert start.get_marker() == "*"
        assert tuple(cross.get_xydata()[0]) == (BEST[entry[i]], BEST[entry[j]])
        assert cross.get_marker() == "x"


def test_directions_stand_only_where_they_mean_something():
    for (i, j), ax in panels().items():
        drawn = [np.ravel(line.get_xy2()) for line in ax.lines[5:]]
        if i[0] == j[0]:  # two entries of one output: directions of the inputs
            np.testing.assert_allclose(drawn, INPUTS)
        elif i[1] == j[1]:  # two entries of one input: directions of the outputs
            np.testing.assert_allclose(drawn, OUTPUTS.T)
        else:
            assert drawn == []


def test_an_entry_that_only_rounding_moves_looks_at_rest():
    path = np.zeros((3, 2, 2))
    path[:, 0, 0], path[:, 0, 1] = [0, 1, 2], [0, 1e-17, 0]
    axes = plots.plot_weight_paths(
        [path], labels=["a"], best=np.zeros((2, 2)), inputs=np.eye(2), outputs=np.eye(2)
    )
    low, high = axes[0].get_ylim()
    assert high - low > 0.03


def test_paths_of_other_maps_are_refused():
    with pytest.raises(ValueError, match=r"paths\[0\] has shape \(3, 2, 3\)"):
        plots.plot_weight_paths(
            [np.zeros((3, 2, 3))], labels=["a"], best=BEST, inputs=INPUTS, outputs=OUTPUTS
        )
