"""Harm that students may do, and mistakes of staff."""

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.intake import RefusedFile, Taken, intake
from tests.instructor.demo import tree
from tests.instructor.intake.handing_in import (
    DAY,
    LAZY,
    NAME,
    SCALING,
    archive,
    copy_course,
    folder,
    take,
)


def test_links_in_the_way_are_refused(course):
    outside = course.parent / "outside"
    (outside / NAME).mkdir(parents=True)
    (outside / NAME / f"{NAME}.ipynb").write_text("the staff's")
    base = course / "submitted"
    (base / "2").mkdir(parents=True)
    (base / "3" / NAME).mkdir(parents=True)
    (base / "4" / NAME).mkdir(parents=True)
    (base / "1").symlink_to(outside)
    (base / "2" / NAME).symlink_to(outside / NAME)
    (base / "3" / NAME / f"{NAME}.ipynb").symlink_to(outside / NAME / f"{NAME}.ipynb")
    (base / "4" / NAME / "timestamp.txt").symlink_to(outside / "timestamp.txt")
    before = tree(outside)
    taken, refused = take(course, {f"{i}/x.ipynb": LAZY for i in range(1, 6)})
    assert list(taken) == ["5"]
    assert all("remove it" in result.reason for result in refused.values())
    assert tree(outside) == before


def test_a_harmful_archive_harms_nobody(course):
    """Nothing is written outside `submitted`, the others are taken."""
    files = {
        "../../evil.ipynb": LAZY, "/tmp/evil.ipynb": LAZY, "a\\..\\evil.ipynb": LAZY,
        "..": LAZY, ".ssh/evil.ipynb": LAZY, "a\x1b]0;evil\x07/x.ipynb": LAZY,
        "1/bomb.ipynb": bytes(9_000_000), "2/x.ipynb": LAZY, "2/course_utils.py": b"1/0",
    }  # fmt: skip
    before = tree(course.parent)
    taken, refused = take(course, files)
    assert list(taken) == ["2"]
    assert {"../../evil.ipynb", "/tmp/evil.ipynb", "1/bomb.ipynb"} <= set(refused)
    after = {name for name in tree(course.parent) if name not in before}
    base = f"my course/submitted/2/{NAME}"
    assert after == {"a.zip", f"{base}/{NAME}.ipynb", f"{base}/timestamp.txt"}


def test_lines_are_for_a_terminal():
    said = str(RefusedFile("a\x1b[2J", "b\n\u202e\udce9", "c"))
    assert said == r"refused b\n\u202e\udce9 of a\x1b[2J: c"


TEXT = st.text(st.characters(codec=None), min_size=1, max_size=12)


@given(st.dictionaries(st.lists(TEXT, min_size=1, max_size=3).map("/".join),
                       st.sampled_from([LAZY, SCALING, b"{}", b""]), max_size=4))  # fmt: skip
@settings(deadline=None, max_examples=60)
def test_whatever_the_names(files):
    """Every folder of a student is one of a student that was taken, and no file is elsewhere."""
    with tempfile.TemporaryDirectory() as temporary:
        course = copy_course(Path(temporary) / "course")
        path = Path(temporary) / "a.zip"
        with zipfile.ZipFile(path, "w") as zipped:
            for name, data in files.items():
                info = zipfile.ZipInfo("x", DAY.timetuple()[:6])
                info.filename = f"{name}.ipynb".encode("utf-8", "replace").decode()
                zipped.writestr(info, data)
        before = set(tree(Path(temporary)))
        results = intake(path, NAME, course, zone=UTC)
        taken = {result.student for result in results if isinstance(result, Taken)}
        names = (f"{NAME}.ipynb", "timestamp.txt")
        expected = {f"course/submitted/{s}/{NAME}/{file}" for s in taken for file in names}
        assert set(tree(Path(temporary))) - before == expected
        assert all(str(result).isprintable() for result in results)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"assignment": "lazy"}, "assignment='lazy' is not in exercises/; there are lazy_training"),
        ({"assignment": "../x"}, "is not in exercises/"),
        ({"root": Path("nowhere")}, "there are none: course notebooks"),
        ({"times": {"1": datetime(2026, 1, 1)}}, r"times\['1'\] has no time zone"),
    ],
)
def test_mistakes_are_named_in_one_line(course, change, message):
    path = folder(course.parent / "class", {"1/x.ipynb": LAZY})
    arguments = {"path": path, "assignment": NAME, "root": course} | change
    with pytest.raises(ValueError, match=message) as caught:
        intake(**arguments)
    assert "\n" not in str(caught.value)
    assert not (course / "submitted").exists()


def test_an_empty_folder(course):
    (course.parent / "class").mkdir()
    assert intake(course.parent / "class", NAME, course) == []


def test_a_broken_archive_leaves_nothing(course):
    path = archive(course.parent / "a.zip", {"1/x.ipynb": LAZY})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ValueError, match="no zip archive"):
        intake(path, NAME, course)
    assert not (course / "submitted").exists()
