"""What answers need is kept of a notebook, and nothing else."""

import base64
import json

import nbformat
import pytest

from course_utils.instructor.intake import attachments
from course_utils.instructor.intake.submission import read
from tests.bank import ROOT
from tests.instructor.intake.raw_notebooks import (
    PNG,
    RELEASED,
    check_plain,
    code,
    raw,
    text,
    with_cells,
    written,
)


@pytest.mark.parametrize("folder", ["exercises", "solutions"])
def test_what_answers_need_is_kept(folder):
    for path in (ROOT / folder).glob("*/*.ipynb"):
        before, after = nbformat.read(path, as_version=4), read(path.read_bytes())
        check_plain(read(path.read_bytes()))
        assert after.metadata.course.assignment == path.stem
        assert len(after.cells) == len(before.cells)
        for old, new in zip(before.cells, after.cells, strict=True):
            assert (new.cell_type, new.id, new.source) == (old.cell_type, old.id, old.source)
            for key in ("id", "tags", "nbgrader"):
                assert new.metadata.get(key) == old.metadata.get(key)


@pytest.mark.parametrize("source", ["a\nb = 'ü'\n", ["a\n", "b = 'ü'\n"]])
def test_source_is_one_text(source):
    assert read(with_cells(code(source))).cells[0].source == "a\nb = 'ü'\n"


def test_half_a_surrogate_pair_can_be_written():
    data = b'{"nbformat": 4, "metadata": {}, "cells": [%s]}' % (
        rb'{"cell_type": "raw", "metadata": {}, "source": "\ud800 \ud83d\ude00"}'
    )
    notebook = read(data)
    assert notebook.cells[0].source == "\ufffd 😀"
    check_plain(notebook)


def test_colab_habits():
    """Widgets without state, outputs with NaN, nbformat 4.0 without ids, its own metadata."""
    notebook = raw() | {"nbformat_minor": 0}
    notebook["metadata"] |= {
        "widgets": {"application/vnd.jupyter.widget-state+json": {"ab": {"model_name": "X"}}},
        "colab": {"provenance": [], "toc_visible": True},
        "accelerator": "GPU",
    }
    for cell in notebook["cells"]:
        cell.pop("id")
        cell["metadata"] |= {"colab": {"base_uri": "https://localhost"}, "outputId": "x"}
        if cell["cell_type"] == "code":
            cell["execution_count"] = 3
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["1\n"] * 9}]
            cell["outputs"].append({"output_type": "display_data", "data": {"a/b": [float("nan")]}})
    data = json.dumps(notebook).encode()
    assert b"NaN" in data
    received = read(data)
    assert set(received.metadata) == {"course"}
    for cell, released in zip(received.cells, RELEASED["lazy_training"].cells, strict=True):
        assert cell.source == released.source
        assert cell.metadata.get("nbgrader") == released.metadata.get("nbgrader")
        assert set(cell.metadata) <= {"id", "tags", "nbgrader"}
    assert len({cell.id for cell in received.cells}) == len(received.cells)
    check_plain(received)


def test_ids_are_unique_the_first_keeps_its_own_and_a_new_one_names_no_answer():
    cells = [code(id=i) for i in ("train", "train", "cell-2", 7, None, "a b", "x" * 65, "cell-1")]
    ids = [cell.id for cell in read(with_cells(*cells)).cells]
    assert ids[0] == "train"
    assert (ids[2], ids[7]) == ("cell-2", "cell-1")
    assert len(set(ids)) == len(ids)
    names = {cell.id for notebook in RELEASED.values() for cell in notebook.cells}
    assert not names & set(ids[1:])


def test_metadata_of_a_wrong_type_is_dropped():
    metadata = {"id": 3, "tags": ["setup", 1, "setup", None], "nbgrader": "x", "extra": {"a": 1.5}}
    (cell,) = read(with_cells(code(metadata=metadata))).cells
    assert cell.metadata == {"tags": ["setup"]}
    metadata = {"nbgrader": {"points": 1e999, "grade_id": "train", "grade": True, "x": [None, 2]}}
    (cell,) = read(with_cells(code(metadata=metadata))).cells
    assert cell.metadata == {"nbgrader": {"grade_id": "train", "grade": True, "x": [2]}}


def test_small_images_stay_and_all_other_attachments_go():
    bundles = {
        "a.png": {"image/png": PNG},
        "lines.png": {"image/png": [PNG[:50], PNG[50:]]},
        "big.png": {"image/png": base64.b64encode(b"\x89PNG\r\n" + bytes(200_000)).decode()},
        "script.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"},
        "page.png": {"image/png": base64.b64encode(b"<script>").decode()},
        "broken.png": {"image/png": PNG + "<>"},
        "none.png": None,
        "number.png": {"image/png": 3},
    }
    notebook = read(with_cells(text(attachments=bundles), text(attachments=[1])))
    kept = {"image/png": PNG}
    assert notebook.cells[0].attachments == {"a.png": kept, "lines.png": kept}
    assert "attachments" not in notebook.cells[1]
    check_plain(notebook)


def test_images_of_a_notebook_have_a_limit():
    image = base64.b64encode(b"\x89PNG\r\n" + bytes(190_000)).decode()
    cells = read(with_cells(*[text(attachments={"a": {"image/png": image}})] * 8)).cells
    kept = [cell for cell in cells if "attachments" in cell]
    assert kept == cells[: attachments.MAX_IMAGES // 190_006]


def test_nbformat_3_is_upgraded_as_nbformat_does():
    sheet = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Title\n", "of two"]},
        {"cell_type": "markdown", "metadata": {}, "source": ["some\n", "text"]},
        {"cell_type": "code", "collapsed": False, "input": ["a = 1\n", "a"], "language": "python",
         "metadata": {"id": "train"}, "outputs": [], "prompt_number": 3},
        {"cell_type": "raw", "metadata": {}, "source": "raw"},
    ]  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "", "course": {"a": "b"}},
           "worksheets": [{"cells": cells} for cells in (sheet, sheet[:1])]}  # fmt: skip
    received = read(written(old))
    check_plain(received)
    expected = nbformat.reads(json.dumps(old), as_version=4)
    assert [(c.cell_type, c.source) for c in received.cells] == [
        (c.cell_type, c.source) for c in expected.cells
    ]
    assert received.cells[2].metadata == {"id": "train"}
    assert received.metadata == {"course": {"a": "b"}}
