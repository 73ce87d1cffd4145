"""Figures of the chapter on scaling: what is drawn is what was given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import plot_beside_linearised, plot_power_laws


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_both_losses_and_the_marks_are_drawn_and_the_valley_shows():
    w = np.linspace(0, 2, 11)
    loss, linearised = 100 * w, (w - 1) ** 2
    ax = plot_beside_linearised(plt.figure().add_subplot(), w, loss, linearised, title="t", start=1)
    first, second, mark = ax.lines
    np.testing.assert_array_equal(first.get_ydata(), loss)
    np.testing.assert_array_equal(second.get_ydata(), linearised)
    assert set(mark.get_xdata()) == {1}
    assert ax.get_ylim() == (0, pytest.approx(1.1))  # the steep loss may leave the picture
    assert [line.get_label() for line in ax.lines] == ["model", "linearised", "start"]
    assert ax.get_title() == "t"


def test_each_law_has_its_panel_its_dots_and_its_guide():
    x = np.array([1.0, 10, 100])
    axes = plot_power_laws(
        x, [1 / x, x**2], slopes=[-1, 2], titles=["falls", "rises"], xlabel="size"
    )
    for ax, law, title in zip(axes, [1 / x, x**2], ["falls", "rises"], strict=True):
        dots, guide = ax.lines
        np.testing.assert_allclose(dots.get_ydata(), law)
        np.testing.assert_allclose(guide.get_ydata(), law)  # exact powers lie on their guides
        assert (ax.get_title(), ax.get_xlabel()) == (title, "size")
        assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
