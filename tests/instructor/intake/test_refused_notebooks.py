"""Notebooks refused with what to do, the costly ones before they are parsed."""

import pytest

from course_utils.checks import plain_json
from course_utils.instructor.intake.submission import Refused, read
from tests.instructor.intake.raw_notebooks import BYTES, code, text, with_cells, written

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
    "byte_order_mark": (b"\xef\xbb\xbf" + BYTES, "byte order mark"),
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
