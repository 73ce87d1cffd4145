"""Risks, bands and spectra: what is given is what is drawn, on the axes given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots import bands

SIZES = np.array([2, 10, 50, 100])
VALUES = np.random.default_rng(0).uniform(0.1, 1, size=(4, 2))
BAND = np.sort(np.random.default_rng(1).uniform(0.1, 1, size=(3, 4)), axis=0)


@pytest.fixture(autouse=True)
def closed():
    yield
    plt.close("all")


def legend(ax) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_risks_are_a_line_a_column_and_the_threshold_a_vertical_one():
    ax = plt.subplots()[1]
    assert bands.plot_risks(SIZES, VALUES, labels=["a", "b"], threshold=49, ax=ax, lw=3) is ax
    *drawn, mark = ax.lines
    for line, column in zip(drawn, VALUES.T, strict=True):
        assert np.array_equal(line.get_xydata(), np.column_stack([SIZES, column]))
        assert line.get_linewidth() == 3
    assert set(mark.get_xdata()) == {49}
    assert legend(ax) == ["a", "b", "weights = points"]
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "log")
    assert ax.get_ylabel() == "mean square error"


@pytest.mark.parametrize("as_given", [VALUES[:, 0], VALUES[:, :1], VALUES[:, 0].tolist()])
def test_one_risk_without_labels_and_threshold_opens_a_figure_without_legend(as_given):
    first, second = bands.plot_risks(SIZES, as_given), bands.plot_risks(SIZES, as_given)
    assert first.figure is not second.figure
    assert len(first.lines) == 1
    assert first.get_legend() is None


def test_a_band_is_filled_from_its_lower_to_its_upper_end_in_the_colour_of_its_line():
    ax = plt.subplots()[1]
    given = BAND.copy()
    assert bands.plot_band(SIZES, given, label="fit", threshold=50, ax=ax, color="red") is ax
    line, mark = ax.lines
    assert np.array_equal(line.get_xydata(), np.column_stack([SIZES, BAND[1]]))
    assert set(mark.get_xdata()) == {50}
    (area,) = ax.collections
    corners = {tuple(point) for point in area.get_paths()[0].vertices}
    for edge in (BAND[0], BAND[2]):
        assert corners >= set(zip(SIZES.astype(float), edge, strict=True))
    assert np.allclose(area.get_facecolor()[0], [1, 0, 0, 0.2])
    assert legend(ax) == ["fit", "weights = points"]
    assert ax.get_yscale() == "log"
    assert np.array_equal(given, BAND)


def test_two_bands_on_one_axes_have_two_colours():
    ax = bands.plot_band(SIZES, BAND, label="one")
    bands.plot_band(SIZES, BAND.tolist(), label="two", ax=ax)
    assert len({line.get_color() for line in ax.lines}) == 2
    assert legend(ax) == ["one", "two"]


def test_a_band_of_another_number_of_edges_is_refused():
    with pytest.raises(ValueError, match="unpack"):
        bands.plot_band(SIZES, BAND[:2])


def test_spectra_are_dots_counted_from_one_and_the_cut_a_line_across():
    ax = plt.subplots()[1]
    spectra = [[3.0, 2.0, 1e-9], np.array([4.0, 1.0])]
    assert bands.plot_spectra(spectra, labels=["a", "b"], cut=(0.5, "learned"), ax=ax) is ax
    *dots, cut = ax.lines
    for line, values in zip(dots, spectra, strict=True):
        assert np.array_equal(line.get_xdata(), 1 + np.arange(len(values)))
        assert np.array_equal(line.get_ydata(), values)
        assert (line.get_linestyle(), line.get_marker()) == ("None", "o")
    assert set(cut.get_ydata()) == {0.5}
    assert legend(ax) == ["a", "b", "learned"]
    assert ax.get_yscale() == "log"


def test_every_spectrum_needs_its_label():
    with pytest.raises(ValueError, match="zip"):
        bands.plot_spectra([[1.0], [2.0]], labels=["a"])
