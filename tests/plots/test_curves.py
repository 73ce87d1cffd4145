"""Figures: the axes given come back, hold the data given, and nothing is shown or closed."""

import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.figure import Figure

from course_utils import plots

X = np.linspace(-1, 1, 7)
STEPS = np.array([0, 1, 10, 100])
RNG = np.random.default_rng(0)
CURVES, RUNS = RNG.normal(size=(7, 3)), RNG.uniform(0.1, 1, size=(4, 3))
NAMES = ["narrow", "middle", "wide"]

# What draws lines: data for the horizontal axis, for the vertical axis, and the axes' labels.
LINES = {
    plots.plot_functions: (X, CURVES, "input $x$", "output"),
    plots.plot_losses: (STEPS, RUNS, "step", "training loss"),
    plots.plot_movement: (STEPS, RUNS, "step", r"movement $\|w - w_0\| / \|w_0\|$"),
}
each_plot = pytest.mark.parametrize("plot", LINES, ids=lambda plot: plot.__name__)


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Nothing is shown or closed by what is tested; whatever it opened is closed here."""

    def refuse(*args, **kwargs):
        raise AssertionError("a plot function must not show or close figures")

    with monkeypatch.context() as patch, plt.rc_context():
        for owner, name in [(plt, "show"), (plt, "close"), (Figure, "show")]:
            patch.setattr(owner, name, refuse)
        yield
    plt.close("all")


def lines(ax) -> list[np.ndarray]:
    return [line.get_xydata() for line in ax.lines]


def dots(ax) -> np.ndarray:
    (collection,) = ax.collections
    return np.asarray(collection.get_offsets())


def assert_lines(ax, x, columns) -> None:
    assert len(ax.lines) == len(columns.T)
    for drawn, column in zip(lines(ax), columns.T, strict=True):
        assert np.array_equal(drawn, np.column_stack([x, column]))


def legend(ax) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


@each_plot
def test_lines_hold_the_data_on_the_axes_given(plot):
    x, y, xlabel, ylabel = LINES[plot]
    ax = plt.subplots()[1]
    assert plot(x, y, labels=NAMES, ax=ax, color="red", linewidth=7) is ax
    assert_lines(ax, x, y)
    assert (ax.get_xlabel(), ax.get_ylabel(), legend(ax)) == (xlabel, ylabel, NAMES)
    assert {(line.get_color(), line.get_linewidth()) for line in ax.lines} == {("red", 7)}
    assert len(plt.get_fignums()) == 1


@each_plot
def test_without_axes_a_figure_is_opened_and_without_labels_no_legend(plot):
    x, y, *_ = LINES[plot]
    first, second = plot(x, y), plot(x, y)
    assert plt.get_fignums() == [first.figure.number, second.figure.number]
    assert first.get_legend() is None


@each_plot
def test_a_single_curve_is_a_vector_or_a_column(plot):
    x, y, *_ = LINES[plot]
    for column in (y[:, 0], y[:, :1], y[:, 0].tolist(), torch.tensor(y[:, :1])):
        assert_lines(plot(x, column), x, y[:, :1])


@each_plot
def test_what_is_given_is_not_changed(plot):
    x, y, *_ = LINES[plot]
    given = x.copy(), y.copy()
    plot(*given)
    assert np.array_equal(given[0], x)
    assert np.array_equal(given[1], y)


def test_functions_take_tensors_of_shape_n_1_and_a_title():
    ax = plots.plot_functions(torch.tensor(X)[:, None], torch.tensor(CURVES), title="after")
    assert_lines(ax, X, CURVES)
    assert ax.get_title() == "after"


def test_points_are_dots_in_vectors_or_columns():
    ax = plt.subplots()[1]
    assert plots.plot_points(torch.tensor(X)[:, None], CURVES[:, :1], ax=ax) is ax
    assert np.array_equal(dots(ax), np.column_stack([X, CURVES[:, 0]]))
    assert ax.collections[0].get_label() == "data"
    other = plots.plot_points(X, CURVES[:, 0], label="test points")
    assert other.collections[0].get_label() == "test points"
    assert other.figure is not ax.figure


def test_the_axes_of_a_run_show_its_start_and_its_scale():
    losses, movement = plots.plot_losses(STEPS, RUNS), plots.plot_movement(STEPS, RUNS)
    assert (losses.get_xscale(), losses.get_yscale()) == ("symlog", "log")
    assert (movement.get_xscale(), movement.get_yscale()) == ("symlog", "linear")
    assert losses.get_xlim()[0] == movement.get_xlim()[0] == movement.get_ylim()[0] == 0


def test_a_run_is_loss_beside_movement():
    axes = plt.subplots(1, 2)[1]
    drawn = plots.plot_run(STEPS, RUNS, RUNS**2, labels=NAMES, title="three widths", axes=axes)
    assert list(drawn) == list(axes)
    assert_lines(axes[0], STEPS, RUNS)
    assert_lines(axes[1], STEPS, RUNS**2)
    assert [ax.get_ylabel() for ax in axes] == [LINES[p][3] for p in list(LINES)[1:]]
    assert legend(axes[1]) == NAMES
    assert axes[0].figure.get_suptitle() == "three widths"
    fresh = plots.plot_run(STEPS, RUNS, RUNS)
    assert fresh[0].figure is fresh[1].figure is not axes[0].figure
    assert fresh[0].figure.get_suptitle() == ""


def test_before_and_after_stand_side_by_side_with_the_points():
    points = X[:, None], CURVES[:, :1]
    axes = plots.plot_before_after(X, CURVES, 2 * CURVES, points=points, labels=NAMES)
    assert [ax.get_title() for ax in axes] == ["before", "after"]
    assert [ax.get_xlabel() for ax in axes] == ["input $x$"] * 2
    assert axes[0].get_ylabel() == "output"
    for ax, curves in zip(axes, (CURVES, 2 * CURVES), strict=True):
        assert_lines(ax, X, curves)
        assert np.array_equal(dots(ax), np.hstack(points))
    assert legend(axes[1]) == NAMES


@pytest.mark.parametrize("slope", [-1.0, -0.5, 2.0])
@pytest.mark.parametrize("repeats", [1, 3])
def test_a_power_law_is_guided_by_its_slope_through_the_last_mean(slope, repeats):
    sizes, measured = np.array([5, 10, 100]), RUNS[:3, :repeats]
    ax = plt.subplots()[1]
    assert plots.plot_power_law(sizes, measured, slope=slope, ax=ax) is ax
    *measurements, guide = lines(ax)
    for drawn, column in zip(measurements, measured.T, strict=True):
        assert np.array_equal(drawn, np.column_stack([sizes, column]))
    # Powers and logarithms of float64 numbers between 1e-3 and 1e3.
    steps = np.diff(np.log(guide), axis=0)
    np.testing.assert_allclose(steps[:, 1] / steps[:, 0], slope, rtol=1e-12)
    mean = np.prod(measured[-1]) ** (1 / repeats)
    np.testing.assert_allclose(guide[-1], [100, mean], rtol=1e-12)
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    assert f"slope {slope:g}" in legend(ax)
    assert plots.plot_power_law(sizes.tolist(), measured[:, 0], slope=slope).figure is not ax.figure


def test_the_style_is_set_without_starting_a_notebook_shell():
    code = (
        "import matplotlib; matplotlib.use('agg')\n"
        "from course_utils import plots; plots.use_style()\n"
        "assert matplotlib.rcParams['axes.facecolor'] == 'none'\n"
        "import IPython; assert IPython.get_ipython() is None, 'it started a shell'"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
