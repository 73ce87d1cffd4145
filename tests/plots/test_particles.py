"""Figures of particles: paths, where they break, and the rays of the teacher."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from course_utils.plots.particles import plot_particles

RNG = np.random.default_rng(0)
PATHS = RNG.normal(size=(5, 3, 2))


@pytest.fixture
def ax():
    yield plt.subplots()[1]
    plt.close("all")


def pieces(line):
    """The points of a line between its gaps."""
    points = line.get_xydata()
    gaps = np.flatnonzero(np.isnan(points[:, 0]))
    return [piece[~np.isnan(piece[:, 0])] for piece in np.split(points, gaps)]


def test_one_piece_for_each_particle_and_a_dot_at_its_end(ax):
    assert plot_particles(PATHS, ax=ax) is ax
    crosses, paths, ends = ax.lines
    assert len(crosses.get_xydata()) == 0
    drawn = [piece for piece in pieces(paths) if len(piece)]
    np.testing.assert_array_equal(np.stack(drawn, axis=1), PATHS)
    np.testing.assert_array_equal(ends.get_xydata(), PATHS[-1])


def test_a_path_breaks_where_its_particle_is_replaced(ax):
    replaced = np.zeros((5, 3), dtype=bool)
    replaced[2, 1] = replaced[0, 2] = True  # the latter before anything is drawn
    plot_particles(PATHS, replaced=replaced, ax=ax)
    crosses, paths, _ = ax.lines
    np.testing.assert_array_equal(crosses.get_xydata(), [PATHS[1, 1]])
    assert [len(piece) for piece in pieces(paths) if len(piece)] == [5, 2, 3, 5]
    assert replaced[0, 2], "what was given is left as it was"


def test_rays_point_to_the_teacher_and_reach_as_far_as_the_particles(ax):
    teacher = RNG.normal(size=(4, 2))
    plot_particles(PATHS, teacher=teacher, ax=ax)
    rays = np.stack([line.get_xydata()[1] for line in ax.lines[:4]])
    np.testing.assert_allclose(rays[:, 0] * teacher[:, 1], rays[:, 1] * teacher[:, 0])
    assert ((rays * teacher).sum(axis=1) > 0).all()
    np.testing.assert_allclose(np.abs(rays).max(axis=1), 1.1 * np.abs(PATHS).max())


def test_a_single_time_is_dots_alone(ax):
    plot_particles(PATHS[:1], ax=ax, color="red")
    np.testing.assert_array_equal(ax.lines[-1].get_xydata(), PATHS[0])
    assert ax.lines[1].get_color() == "red"
