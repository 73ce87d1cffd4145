"""Notebooks as bytes, made by hand, and what a plain one is."""

import base64
import json
from typing import Any

import nbformat

from tests.bank import ROOT

RELEASED = {
    path.stem: nbformat.read(path, as_version=4)
    for path in sorted((ROOT / "exercises").glob("*/*.ipynb"))
}
BYTES = (ROOT / "exercises/lazy_training/lazy_training.ipynb").read_bytes()
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(100)).decode()


def raw() -> dict[str, Any]:
    """A released notebook as JSON."""
    return json.loads(BYTES)


def written(notebook: Any) -> bytes:
    return json.dumps(notebook).encode()


def with_cells(*cells: Any, **rest: Any) -> bytes:
    notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": list(cells)}
    return written(notebook | rest)


def code(source: Any = "x = 1", **rest: Any) -> dict[str, Any]:
    new = {"cell_type": "code", "metadata": {}, "source": source, "outputs": []}
    return new | {"execution_count": None} | rest


def text(**rest: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": "text"} | rest


def is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and is_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(is_plain(item) for item in value)
    return type(value) in (str, int, bool)


def check_plain(notebook: nbformat.NotebookNode) -> None:
    """What the steps that follow rely on."""
    nbformat.validate(notebook, relax_add_props=False)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    for cell in notebook.cells:
        assert cell.cell_type != "code" or (cell.pop("execution_count"), cell.outputs) == (None, [])
    assert is_plain(notebook)
    nbformat.writes(notebook).encode("utf-8")
