"""Whose file it is, by the platforms' rules for names, and by nothing that a student chose."""

import pytest

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake.layouts import Layout, Origin

FILE = "_assignsubmission_file"


def origin(path: str, *others: str, by: str = "number") -> Origin:
    return Layout([path, *others], "demo", by).origin(path)


@pytest.mark.parametrize(
    "path",
    [
        f"Jane Doe_12345{FILE}_/demo.ipynb",
        f"Jane Doe_12345{FILE}/demo.ipynb",
        f"Jane Doe_12345{FILE}_demo.ipynb",
        f"Jane Doe_12345{FILE}_/deep/er/Copy of demo (1).ipynb",
        f"Jane Doe_12345{FILE}_/Jack_99{FILE}_/demo.ipynb",
        f"Jane Doe_12345{FILE}_Jack_99{FILE}_demo.ipynb",
        f"Jane Doe_12345{FILE}_7_8_demo.ipynb",
        f"Jane Doe_12345{FILE}_line\u2028.ipynb",
    ],
)
def test_moodle(path):
    assert origin(path) == Origin("12345", "12345", "Jane Doe")
    assert origin(path, by="name") == Origin("Jane Doe", "12345", "Jane Doe")
    assert origin(path, "other_1_2_x.ipynb", "a/b.ipynb").student == "12345"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("doejane_12345_67890_demo.ipynb", ("12345", "doejane", False)),
        ("doejane_LATE_12345_67890_demo.ipynb", ("12345", "doejane", True)),
        ("some-999----1234-guy_5_67890_demo.ipynb", ("5", "some-999----1234-guy", False)),
        ("müller_8_67890_demo-1.ipynb", ("8", "müller", False)),
        ("late_8_67890_LATE_9.ipynb", ("8", "late", False)),
        ("2pac_8_67890_demo.ipynb", ("8", "2pac", False)),
        ("666_8_67890_demo.ipynb", ("8", "666", False)),
        ("doe_12345_67890_2026_11_25.ipynb", ("12345", "doe", False)),
        ("doe_12345_67890_2026_demo.ipynb", ("12345", "doe", False)),
        ("doe_12345_67890_lab_20261125_1530.ipynb", ("12345", "doe", False)),
        ("group0_12345_67890_demo.ipynb", ("12345", "group0", False)),
        ("anon_a1B2c_67890_demo.ipynb", ("a1B2c", "anon", False)),
        ("LATE_anon_a1B2c_67890_demo.ipynb", ("a1B2c", "anon", True)),
        ("anon_a1B2c_67890_2026_11_25.ipynb", ("a1B2c", "anon", False)),
    ],
)
def test_canvas(path, expected):
    received = origin(path)
    assert (received.number, received.name, received.late) == expected
    assert received.student == received.number
    assert origin(path, by="name").student == expected[1]


@pytest.mark.parametrize(
    "name",
    ["mallory_999", "mallory_999_888_x", "mallory_999_88888_1", "mallory_LATE_999_88888"],
)
def test_a_name_in_canvas_that_looks_like_numbers_takes_nobody_elses_place(name):
    """Canvas takes `_999_` out of a name, but `_ 999 _` becomes that afterwards."""
    others = [f"student_{n}_{80000 + n}_demo.ipynb" for n in range(30)]
    with pytest.raises(Refused, match="two readings"):
        origin(f"{name}_12345_67890_demo.ipynb", *others)


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("jane/x.ipynb", "jane"),
        ("jane/demo/demo.ipynb", "jane"),
        ("jane_demo.ipynb", "jane"),
        ("jane_doe_demo.ipynb", "jane_doe"),
        ("Jane Doe/x.ipynb", "Jane Doe"),
        ("ju\u0308rg/x.ipynb", "jürg"),
        ("[a-z]*?/x.ipynb", "[a-z]*?"),
        ("\u200fיוסי/x.ipynb", "\u200fיוסי"),
        ("李雷/x.ipynb", "李雷"),
        ("=1+1/x.ipynb", "=1+1"),
        (f"jane/Jack_99{FILE}_/x.ipynb", "jane"),
        ("jane/jack_1_2_x.ipynb", "jane"),
    ],
)
def test_plain(path, student):
    assert origin(path, "a/b.ipynb") == Origin(student)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("demo.ipynb", "put it into a folder STUDENT"),
        ("jane.ipynb", "STUDENT_demo.ipynb"),
        ("jane_demo (1).ipynb", "STUDENT_demo.ipynb"),
        ("_demo.ipynb", "cannot be a student's id"),
        (" /x.ipynb", "cannot be a student's id"),
        (".jane/x.ipynb", "no dot in front"),
        ("../x.ipynb", "no dot in front"),
        ("a\\b/x.ipynb", "path separator"),
        ("a\nb/x.ipynb", r"'a\\nb' cannot"),
        ("a\x1b[2Jb/x.ipynb", "cannot be a student's id"),
        ("a\u2029b/x.ipynb", "cannot be a student's id"),
        ("a\udce9b/x.ipynb", "cannot be a student's id"),
        (f"{'a' * 129}/x.ipynb", "too long"),
        (f"{'李' * 27}/x.ipynb", "too long"),
    ],
)
def test_what_is_nobodys_is_refused(path, message):
    with pytest.raises(Refused, match=message):
        origin(path, "a/b.ipynb")


@pytest.mark.parametrize(
    ("path", "others"),
    [
        ("jane/demo.ipynb", [f"Jane_1{FILE}_/x.ipynb"]),
        (f"Default group{FILE}_/x.ipynb", [f"Jane_1{FILE}_/x.ipynb"]),
        ("Jane_1_assignsubmission_onlinetext_/x.ipynb", [f"Jane_1{FILE}_/x.ipynb"]),
        (f"Jane_\u0661{FILE}_/x.ipynb", [f"Jane_1{FILE}_/x.ipynb"]),
    ],
)
def test_what_follows_no_rule_in_an_archive_of_moodle_is_refused(path, others):
    with pytest.raises(Refused, match="not as Moodle names"):
        origin(path, *others)


def test_a_folder_around_an_archives_files_is_named():
    paths = [f"Course-7/Jane_{n}{FILE}_/x.ipynb" for n in range(3)]
    with pytest.raises(ValueError, match="'Course-7': give that folder itself"):
        Layout(paths, "demo")
    Layout([*paths, "jane/x.ipynb"], "demo")  # a student's own folders decide nothing
