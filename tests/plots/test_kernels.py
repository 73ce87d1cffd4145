"""Figures of kernels: the axes given come back and hold the data given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import kernels

X = np.array([-1.0, -0.2, 0.1, 0.7])
RNG = np.random.default_rng(0)
FEATURES = RNG.normal(size=(4, 3))
KERNEL = FEATURES @ FEATURES.T
STEPS = np.array([0, 1, 10, 100])
SHARES = RNG.uniform(size=(4, 2))


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def test_kernel_is_drawn_where_its_inputs_are():
    ax = plt.subplots()[1]
    assert kernels.plot_kernel(X[:, None], KERNEL, title="at the start", ax=ax) is ax
    (mesh,) = ax.collections
    assert np.array_equal(np.asarray(mesh.get_array()).reshape(4, 4), KERNEL)
    assert ax.get_xlim()[0] < X[0] < X[-1] < ax.get_xlim()[1]
    assert ax.get_title() == "at the start"
    assert ax.get_xlabel()
    assert ax.get_ylabel()


def test_shares_are_lines_and_dots_of_one_colour():
    ax = plt.subplots()[1]
    drawn = kernels.plot_shares(
        STEPS, SHARES, labels=["a", "b"], dots=(STEPS[:2], SHARES[:2] + 1), ax=ax
    )
    assert drawn is ax
    assert len(ax.lines) == 4
    for i in range(2):
        line, dots = ax.lines[i], ax.lines[2 + i]
        assert np.array_equal(line.get_xydata(), np.column_stack([STEPS, SHARES[:, i]]))
        assert np.array_equal(dots.get_ydata(), SHARES[:2, i] + 1)
        assert dots.get_color() == line.get_color()
    assert [t.get_text() for t in ax.get_legend().get_texts()] == ["a", "b"]


def test_grid_writes_every_number_into_its_cell():
    table = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    ax = plt.subplots()[1]
    drawn = kernels.plot_grid(table, [1, 10], [30, 100, 300], xlabel="m", fmt="{:.1f}", ax=ax)
    assert drawn is ax
    assert np.array_equal(ax.images[0].get_array(), table)
    written = {t.get_position(): t.get_text() for t in ax.texts}
    assert written == {(j, i): f"{table[i, j]:.1f}" for i in range(2) for j in range(3)}
    assert [t.get_text() for t in ax.get_xticklabels()] == ["30", "100", "300"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["1", "10"]
    bottom, top = ax.get_ylim()
    assert bottom < top, "the first row is at the bottom"


def test_numbers_can_be_read_on_dark_and_on_bright():
    ax = kernels.plot_grid([[0.0, 1.0]], [1], [1, 2])
    assert [t.get_color() for t in ax.texts] == ["white", "black"]


@pytest.mark.parametrize(
    "plot",
    [
        lambda: kernels.plot_kernel(X, KERNEL),
        lambda: kernels.plot_shares(STEPS, SHARES),
        lambda: kernels.plot_grid(KERNEL, X, X),
    ],
)
def test_each_makes_its_own_axes_when_none_are_given(plot):
    before = set(plt.get_fignums())
    plot()
    assert len(set(plt.get_fignums()) - before) == 1
