"""The course's look: colours that keep their meaning in a colour-blind reader's eye, and
transparent backgrounds, so that a page can put a figure on light or dark.
"""

import sys
from typing import Any

import matplotlib.pyplot as plt
from cycler import cycler

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8a6d00", "#56b4e9", "#5d4e8c", "#333333")
"""Okabe and Ito's colours, the yellow darkened so that a line of it shows on white."""

STYLE: dict[Any, Any] = {
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "figure.figsize": (6.6, 3.0),
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "axes.prop_cycle": cycler(color=COLOURS),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": "medium",
    "axes.grid": True,
    "grid.alpha": 0.25,
    "font.size": 10,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "svg.hashsalt": "course",
}


def use_style() -> None:
    """The course's look for all figures to come, as sharp vector graphics in notebooks."""
    plt.rcParams.update(STYLE)
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython():  # in a notebook
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg")
