"""From each platform's layout to the student's folder, as nbgrader finds it there."""

import os
from datetime import UTC

import pytest

from course_utils.instructor import record
from course_utils.instructor.intake import intake
from tests.instructor.demo import tree
from tests.instructor.intake.handing_in import (
    DAY,
    FILE,
    LAZY,
    NAME,
    SCALING,
    archive,
    edited,
    folder,
    take,
    time_of,
)

PLACES = {
    "moodle": f"Jane Doe_12{FILE}_/Copy of x (1).ipynb",
    "moodle_4": f"Jane Doe_12{FILE}/x.ipynb",
    "moodle_flat": f"Jane Doe_12{FILE}_x.ipynb",
    "canvas": "doejane_12_345678_x-1.ipynb",
    "canvas_late": "doejane_LATE_12_345678_scaling.ipynb",
    "plain": "12/whatever/X.IPYNB",
    "plain_flat": f"12_{NAME}.ipynb",
}


@pytest.mark.parametrize("where", [archive, folder])
@pytest.mark.parametrize("place", PLACES)
def test_each_layout(course, where, place):
    """The bytes are the student's, the time is the server's, nothing else is there."""
    data = edited("x = 1")
    path = where(course.parent / "handed in", {PLACES[place]: data})
    (taken,) = intake(path, NAME, course, zone=UTC)
    assert taken.student == "12"
    assert taken.late == (place == "canvas_late")
    assert taken.name == {"m": "Jane Doe", "c": "doejane", "p": ""}[place[0]]
    assert taken.path == course / "submitted" / "12" / NAME / f"{NAME}.ipynb"
    assert (taken.time, time_of(course, "12")) == (DAY, DAY)
    assert tree(course / "submitted") == {
        f"12/{NAME}/{NAME}.ipynb": data,
        f"12/{NAME}/timestamp.txt": b"2026-03-05 12:00:00.000000 UTC\n",
    }


def test_one_line_for_each_file(course):
    files = {
        f"Jane Doe_12{FILE}_/a.ipynb": LAZY,
        f"Bo Ek_13{FILE}_/b.ipynb": SCALING,
        f"Al Ra_14{FILE}_/c.zip": b"PK",
        f"Al Ra_14{FILE}_/numpy.py": b"1/0",
    }
    taken, refused = take(course, files)
    assert [str(result) for result in [*taken.values(), *refused.values()]] == [
        f"took Jane Doe_12{FILE}_/a.ipynb for 12 (Jane Doe): new, 2026-03-05 12:00:00 UTC, "
        "time of the download",
        f"refused Al Ra_14{FILE}_/c.zip of 14: no notebook: hand in the .ipynb file itself",
        f"refused Bo Ek_13{FILE}_/b.ipynb of 13: it is scaling, not lazy_training",
    ]


@pytest.mark.parametrize(
    "student",
    ["Jane Doe", "[a-z]*?{}", "İpek ü 李雷 🙂", "\u200fיוסי", "=1+1", "$HOME;x", "'\"", "+"],
)
def test_students_of_all_names(course, student):
    taken, _ = take(course, {f"{student}/x.ipynb": LAZY})
    assert list(taken) == [student]
    assert time_of(course, student) == DAY
    assert record.path_of(course, NAME, student).parent == course / "graded" / NAME


def test_by_name(course):
    files = {
        f"Jane Doe_12{FILE}_/x.ipynb": LAZY,
        f"Bo Ek_13{FILE}_/x.ipynb": LAZY,
        f"Bo Ek_14{FILE}_/x.ipynb": LAZY,
    }
    taken, refused = take(course, files, by="name")
    assert list(taken) == ["Jane Doe"]
    assert {result.reason for result in refused.values()} == {"2 people have this id"}


def test_two_who_claim_one_number_are_refused(course):
    files = {"doejane_12_345678_x.ipynb": LAZY, "mallory_12_345679_x.ipynb": edited("y")}
    taken, refused = take(course, files)
    assert not taken
    assert set(refused) == set(files)


def test_students_who_differ_in_case_only_are_refused(course):
    taken, refused = take(course, {"jane/x.ipynb": LAZY, "Jane/y.ipynb": LAZY, "bo/z.ipynb": LAZY})
    assert (list(taken), set(refused)) == (["bo"], {"jane/x.ipynb", "Jane/y.ipynb"})
    taken, refused = take(course, {"BO/z.ipynb": LAZY})
    assert "'bo' has submissions" in refused["BO/z.ipynb"].reason
    assert os.listdir(course / "submitted") == ["bo"]
