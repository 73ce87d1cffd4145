"""Which assignment a notebook is, and which of several counts."""

import json

import pytest

from course_utils.instructor.intake import RefusedFile, intake
from tests.instructor.intake.handing_in import (
    DAY,
    FILE,
    HOUR,
    LAZY,
    NAME,
    SCALING,
    edited,
    folder,
    notebook_of,
    take,
)


def test_names_of_files_say_nothing(course):
    taken, refused = take(course, {"1/scaling.ipynb": LAZY, f"2/{NAME}.ipynb": SCALING})
    assert list(taken) == ["1"]
    assert refused[f"2/{NAME}.ipynb"].reason == f"it is scaling, not {NAME}"


def test_metadata_lost(course):
    content = json.loads(LAZY)
    content["metadata"] = {}
    for cell in content["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    taken, _ = take(course, {"1/x.ipynb": json.dumps(content | {"nbformat_minor": 0}).encode()})
    assert list(taken) == ["1"]


def test_what_cannot_be_told_is_refused(course):
    content = json.loads(LAZY) | {"metadata": {}, "cells": []}
    _, refused = take(course, {"1/x.ipynb": json.dumps(content).encode()})
    assert "cannot be told" in refused["1/x.ipynb"].reason


def test_of_several_notebooks_the_one_of_the_assignment(course):
    files = {"1/a.ipynb": SCALING, "1/b.ipynb": edited("x"), "1/c.ipynb": b"{", "1/d.py": b""}
    taken, refused = take(course, files)
    assert taken["1"].source == "1/b.ipynb"
    assert set(refused) == {"1/a.ipynb", "1/c.ipynb"}
    assert notebook_of(course, "1") == files["1/b.ipynb"]


def test_the_latest_valid_one_counts(course):
    path = course.parent / "class"
    files = {"1/a.ipynb": edited("1"), "1/b.ipynb": edited("2"), "1/c.ipynb": b"no notebook"}
    for hours, (name, data) in enumerate(files.items()):
        folder(path, {name: data}, DAY + hours * HOUR)
    results = {result.source: result for result in intake(path, NAME, course)}
    assert results["1/b.ipynb"].time == DAY + HOUR
    assert results["1/a.ipynb"].reason == "1/b.ipynb is later and counts"
    assert "no notebook" in results["1/c.ipynb"].reason
    assert notebook_of(course, "1") == files["1/b.ipynb"]


def test_two_of_the_same_time_are_refused(course):
    taken, refused = take(course, {"1/a.ipynb": LAZY, "1/b.ipynb": edited("2"), "2/c.ipynb": LAZY})
    assert list(taken) == ["2"]
    assert {result.reason for result in refused.values()} == {
        "one of 2 notebooks of 1, and no time says which counts: keep one"
    }


@pytest.mark.parametrize("number", ["1", "3"])
def test_the_order_of_a_platforms_archive_tells_nothing(course, number):
    """Its times are those of the download, one file after the other."""
    path = course.parent / "unpacked"
    for hours, data in enumerate([edited("done"), LAZY]):
        folder(path, {f"Jane_{number}{FILE}_/{hours}.ipynb": data}, DAY + hours * HOUR)
    times = {number: DAY} if number == "3" else {}
    results = intake(path, NAME, course, times=times)
    assert [type(result) for result in results] == [RefusedFile, RefusedFile]
    assert not (course / "submitted").exists()


def test_the_same_twice_is_one(course):
    taken, refused = take(course, {f"J_1{FILE}_/a.ipynb": LAZY, f"J_1{FILE}_/b.ipynb": LAZY})
    assert taken["1"].source == f"J_1{FILE}_/a.ipynb"
    assert refused[f"J_1{FILE}_/b.ipynb"].reason == f"the same as J_1{FILE}_/a.ipynb"


def test_a_student_with_too_many_notebooks(course):
    files = {f"1/{i}.ipynb": edited(str(i)) for i in range(11)} | {"2/x.ipynb": LAZY}
    taken, refused = take(course, files)
    assert list(taken) == ["2"]
    assert {result.reason for result in refused.values()} == {
        "one of 11 notebooks of this student: hand in one"
    }
