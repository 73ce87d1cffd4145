"""Bytes that students hand in: a plain notebook, or a refusal that says what to do."""

import base64
import json
from typing import Any

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course_utils.checks import plain_json
from course_utils.instructor.intake import attachments, submission
from course_utils.instructor.intake.submission import Refused, identity, read
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


def test_a_byte_order_mark_costs_nothing():
    assert read(b"\xef\xbb\xbf" + BYTES) == read(BYTES)


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


CELL = code()
REFUSED = {
    "empty": (b"", "empty"),
    "blank": (b" \n\t", "empty"),
    "binary": (b"\x7fELF\x02\x01\x01" + bytes(range(256)), "UTF-8"),
    "zip": (b"PK\x03\x04" + bytes(30), "no notebook"),
    "truncated": (BYTES[: len(BYTES) // 2], "only a part"),
    "html": (b"<!DOCTYPE html><html></html>", "no notebook"),
    "python": (b"def train():\n    return {}\n", "no notebook"),
    "latin_1": ('{"nbformat": 4, "x": "ü"}'.encode("latin-1"), "byte 22 is not UTF-8"),
    "utf_16": (BYTES.decode().encode("utf-16"), "not UTF-8"),
    "two_values": (BYTES + BYTES, "no notebook"),
    "a_list": (b"[]", "no notebook"),
    "a_text": (b'"nbformat"', "no notebook"),
    "null": (b"null", "no notebook"),
    "other_json": (b'{"cells": []}', "no notebook"),
    "nbformat_2": (with_cells(nbformat=2), "nbformat 2"),
    "nbformat_5": (with_cells(nbformat=5), "nbformat 5"),
    "nbformat_text": (with_cells(nbformat="4"), "nbformat '4'"),
    "nbformat_true": (with_cells(nbformat=True), "nbformat True"),
    "nbformat_4_0": (with_cells(nbformat=4.0), "nbformat 4.0"),
    "nbformat_nan": (with_cells(nbformat=float("nan")), "nbformat null"),
    "nbformat_infinite": (b'{"nbformat": 1e999}', "nbformat inf"),
    "nbformat_null": (with_cells(nbformat=None), "nbformat null"),
    "nbformat_long": (with_cells(nbformat="x\x1b[2J" * 99), r"nbformat 'x\\x1b"),
    "metadata_null": (with_cells(metadata=None), "metadata is null"),
    "metadata_list": (with_cells(metadata=[]), "metadata is a list"),
    "no_cells": (written({"nbformat": 4, "metadata": {}}), "cells is missing"),
    "cells_null": (with_cells(cells=None), "cells is null"),
    "cells_dict": (with_cells(cells={}), "cells is a dict"),
    "cell_null": (with_cells(CELL, None), "cell 2: null"),
    "cell_text": (with_cells(CELL, "x = 1"), "cell 2: 'x = 1'"),
    "cell_type_missing": (with_cells({"source": "", "metadata": {}}), "cell 1: cell_type null"),
    "cell_type_unknown": (with_cells(code(cell_type="sql")), "cell_type 'sql'"),
    "cell_type_list": (with_cells(code(cell_type=["code"])), "cell_type a list"),
    "cell_metadata_null": (with_cells(code(metadata=None)), "cell 1: metadata is null"),
    "source_null": (with_cells(code(None)), "cell 1: source is null"),
    "source_missing": (with_cells({"cell_type": "code", "metadata": {}}), "source is missing"),
    "source_number": (with_cells(code(3)), "cell 1: source is 3"),
    "source_mixed": (with_cells(code(["a", 1])), "cell 1: source is a list"),
    "source_nested": (with_cells(code([["a"]])), "cell 1: source is a list"),
    "worksheets_missing": (written({"nbformat": 3}), "worksheets is missing"),
    "worksheet_null": (written({"nbformat": 3, "worksheets": [None]}), "worksheet 1"),
    "worksheet_empty": (written({"nbformat": 3, "worksheets": [{}]}), "worksheet 1: cells"),
    "input_number": (
        written({"nbformat": 3, "worksheets": [{"cells": [code(input=3)]}]}), "source is 3"),
    "heading_number": (
        written({"nbformat": 3, "worksheets": [{"cells": [text(cell_type="heading", source=1)]}]}),
        "source is 1"),
    "too_many_cells": (with_cells(*[{"cell_type": "raw", "source": ""}] * 2001), "2001 cells"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "message"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_what_to_do(data, message):
    with pytest.raises(Refused, match=message) as caught:
        read(data)
    said = str(caught.value)
    assert ": " in said
    assert said.isprintable()
    assert len(said) < 200


BOMBS = {
    "size": (lambda: BYTES + b" " * plain_json.MAX_BYTES, "20 MB"),
    "lists": (lambda: b"[" * 1_000_000, "100 deep"),
    "dicts": (lambda: b'{"a":' * 101 + b"1" + b"}" * 101, "100 deep"),
    "many_lists": (lambda: b"[" + b"[]," * 600_000 + b"[]]", "1000000 values"),
    "many_numbers": (lambda: b"[" + b"1," * 1_000_001 + b"1]", "1000000 values"),
    "many_texts": (lambda: b"[" + b'"",' * 500_001 + b"1]", "1000000 values"),
    "lone_quotes": (lambda: b'"' * 2_000_003, "1000000 values"),
}


@pytest.mark.parametrize(("data", "message"), BOMBS.values(), ids=BOMBS.keys())
def test_bombs_are_refused_before_they_are_parsed(data, message, monkeypatch):
    monkeypatch.setattr(plain_json.json, "loads", lambda *a, **k: pytest.fail("parsed"))
    with pytest.raises(Refused, match=message):
        read(data())


def test_brackets_in_texts_do_not_nest():
    source = "[" * 500 + '"[\\' + "{" * 500
    assert read(with_cells(code(source))).cells[0].source == source


@pytest.mark.parametrize("digits", [21, 5000])
def test_huge_integers_are_refused(digits):
    with pytest.raises(Refused, match=f"{digits} digits"):
        read(b'{"nbformat": 4, "x": %s}' % (b"9" * digits))


def test_escaped_quotes_without_end_are_read_once():
    """Ten MB of them, in one pass; a quadratic scan would never end."""
    with pytest.raises(Refused, match="no notebook"):
        read(b'"' + b'\\"' * 5_000_000)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
KEYS = ("cells", "metadata", "source", "cell_type", "id", "attachments", "nbformat", "worksheets",
        "input", "level", "nbgrader", "tags", "course", "outputs")  # fmt: skip


def outcome(data: bytes) -> None:
    """Refused, or a notebook that nothing is to be feared of."""
    try:
        notebook = read(data)
    except Refused:
        return
    assert identity(notebook, RELEASED) in {None, *RELEASED}
    check_plain(notebook)


@given(st.binary() | st.text().map(str.encode) | JSON.map(written))
@settings(deadline=None)
def test_any_bytes(data):
    outcome(data)


@given(st.data())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_notebook_with_values_replaced(data):
    cells = [text(cell_type="heading", level=1), {"cell_type": "code", "input": "a"}]
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": cells}]}
    notebook = data.draw(st.sampled_from([raw(), old]))
    for _ in range(data.draw(st.integers(1, 3))):
        place: Any = notebook
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            inner = place[key]
            if not isinstance(inner, dict | list) or data.draw(st.booleans()):
                if isinstance(place, dict) and data.draw(st.booleans()):
                    key = data.draw(st.sampled_from(KEYS))
                place[key] = data.draw(JSON)
                break
            place = inner
    outcome(written(notebook))


@given(st.integers(0, len(BYTES) - 1), st.binary(max_size=4), st.integers(0, 4))
@settings(deadline=None)
def test_a_notebook_with_bytes_replaced(start, new, length):
    outcome(BYTES[:start] + new + BYTES[start + length :])


@pytest.mark.parametrize("name", RELEASED)
def test_identity_by_what_the_notebook_says_and_by_what_it_holds(name):
    notebook = read((ROOT / "exercises" / name / f"{name}.ipynb").read_bytes())
    assert identity(notebook, RELEASED) == name
    for said in ({}, {"course": {"assignment": "old_name"}}, {"course": {"assignment": [1]}}):
        notebook.metadata = nbformat.from_dict(said)
        assert identity(notebook, RELEASED) == name
    for cell in notebook.cells:  # all metadata lost: ids
        cell.metadata = nbformat.from_dict({})
    assert identity(notebook, RELEASED) == name
    for number, cell in enumerate(notebook.cells):  # ids lost: markers of answers alone
        cell.id = f"cell-{number}"
    assert identity(notebook, RELEASED) == name
    for cell in notebook.cells:
        cell.source = cell.source.replace("# exercise:", "# my")
    assert identity(notebook, RELEASED) is None


def test_identity_of_what_is_no_assignment_cannot_be_told():
    assert identity(read(with_cells(code("# exercise: train"))), RELEASED) is None
    assert identity(read(with_cells()), RELEASED) is None
    assert identity(read(BYTES), {}) is None


def test_identity_needs_more_than_any_other():
    one = {"cells": [], "metadata": {}}
    twin = {"a": RELEASED["scaling"], "b": RELEASED["scaling"]}
    notebook = read(written(raw() | one))
    notebook.cells = RELEASED["scaling"].cells
    assert identity(notebook, twin) is None
    assert identity(notebook, RELEASED) == "scaling"
    assert submission.Refused is plain_json.Refused
