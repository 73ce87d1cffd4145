"""A figure to play with, as HTML that holds all it needs; a picture and a sentence stand by."""

import base64
import html
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from course_utils import _validate
from course_utils.explorables.bundle import PACKAGE, script

COLOURS = 32
"""Of the still picture: it needs few, and a page has to carry it."""


@dataclass(frozen=True)
class Explorable:
    """What a notebook or a page shows: displayed by being the last value of a cell."""

    name: str
    """Of its module."""
    sentence: str
    """What it is, for everybody."""
    start: Mapping[str, Any]
    """Values of its model."""
    picture: Figure = field(repr=False)
    """What it looks like, for print and where scripts do not run."""
    alt: str
    """What one sees on the picture."""

    def html(self) -> str:
        """A `<figure>` with style, script and picture in it; it fetches nothing."""
        start = html.escape(json.dumps(self.start, allow_nan=False))
        picture = base64.b64encode(self._png()).decode()
        return (
            f'<figure class="explorable" data-figure="{self.name}" data-start="{start}">\n'
            f"<style>{PACKAGE.joinpath('shared/explorable.css').read_text(encoding='utf-8')}</style>\n"
            f"<script>{script(self.name)}</script>\n"
            f'<img class="explorable-still" alt="{html.escape(self.alt)}" '
            f'src="data:image/png;base64,{picture}">\n'
            f"<figcaption>{html.escape(self.sentence)}</figcaption>\n</figure>"
        )

    def _png(self) -> bytes:
        drawn, packed = io.BytesIO(), io.BytesIO()
        self.picture.savefig(drawn, format="png", dpi=80, facecolor="white")
        Image.open(drawn).convert("RGB").quantize(COLOURS).save(packed, format="PNG", optimize=True)
        return packed.getvalue()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {
            "text/html": self.html(),
            "image/png": base64.b64encode(self._png()).decode(),
            "text/plain": self.sentence,
        }


def within(name: str, value: float, low: float, high: float) -> float:
    """The value as a number, if it is one from low to high; ValueError names it if not."""
    number = _validate.finite(name, value)
    if number.shape != () or not low <= number <= high:
        raise ValueError(f"{name}={value!r}: give a number from {low:g} to {high:g}")
    return float(number)


def points(name: str, value: ArrayLike) -> NDArray[np.float64]:
    """The value as a path of two coordinates, shape (K, 2), K >= 2; ValueError names it if not."""
    path = _validate.finite(name, value)
    if path.ndim != 2 or path.shape[1] != 2 or len(path) < 2:
        raise ValueError(f"{name} has shape {path.shape}: give points, shape (K, 2) with K >= 2")
    return path
