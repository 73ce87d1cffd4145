"""Figures: each function draws what it is given on the axes it is given, and returns them.

Nothing here trains, solves or shows.

style        the course's look
curves       functions, losses, movements, power laws
scaling      a loss beside its linearisation, several power laws
coordinates  matrices, and coordinates over the steps, as images
bands        risks against a size, bands of many draws, spectra
kernels      tangent kernels, their directions, tables as colours
landscapes   contours, paths on them, pairs of results, sharpness and its edge
particles    paths of particles that are replaced on the way
linear       what linear networks look like: images, modes, paths of their weights
"""

from course_utils.plots.bands import plot_band, plot_risks, plot_spectra
from course_utils.plots.coordinates import plot_coordinates, plot_matrices
from course_utils.plots.curves import (
    plot_before_after,
    plot_functions,
    plot_losses,
    plot_movement,
    plot_points,
    plot_power_law,
    plot_run,
)
from course_utils.plots.kernels import plot_grid, plot_kernel, plot_shares
from course_utils.plots.landscapes import (
    plot_contours,
    plot_pairs,
    plot_sharpness,
    plot_trajectories,
)
from course_utils.plots.linear import plot_images, plot_modes, plot_weight_paths
from course_utils.plots.particles import plot_particles
from course_utils.plots.scaling import plot_beside_linearised, plot_power_laws
from course_utils.plots.style import COLOURS, STYLE, use_style

__all__ = [
    "COLOURS",
    "STYLE",
    "plot_band",
    "plot_before_after",
    "plot_beside_linearised",
    "plot_contours",
    "plot_coordinates",
    "plot_functions",
    "plot_grid",
    "plot_images",
    "plot_kernel",
    "plot_losses",
    "plot_matrices",
    "plot_modes",
    "plot_movement",
    "plot_pairs",
    "plot_particles",
    "plot_points",
    "plot_power_law",
    "plot_power_laws",
    "plot_risks",
    "plot_run",
    "plot_shares",
    "plot_sharpness",
    "plot_spectra",
    "plot_trajectories",
    "plot_weight_paths",
    "use_style",
]
