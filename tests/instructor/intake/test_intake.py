"""From folders and archives to `submitted/`, as nbgrader finds it there."""

import json
import os
import shutil
import tempfile
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.coursedir import CourseDirectory

from course_utils.instructor import record
from course_utils.instructor.intake import RefusedFile, Taken, intake, submitted
from tests.bank import ROOT
from tests.instructor.demo import tree

LAZY = (ROOT / "exercises/lazy_training/lazy_training.ipynb").read_bytes()
SCALING = (ROOT / "exercises/scaling/scaling.ipynb").read_bytes()
NAME = "lazy_training"
FILE = "_assignsubmission_file"
DAY = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def edited(text: str, notebook: bytes = LAZY) -> bytes:
    """The notebook as a student saves it: with an answer."""
    content = json.loads(notebook)
    content["cells"].append({"cell_type": "code", "metadata": {}, "source": [text], "id": "mine",
                             "outputs": [], "execution_count": 1})  # fmt: skip
    return json.dumps(content).encode()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return copy_course(tmp_path / "my course")


def copy_course(root: Path) -> Path:
    for name in (NAME, "scaling", "linear_networks"):
        shutil.copytree(ROOT / "exercises" / name, root / "exercises" / name)
    return root


def folder(path: Path, files: dict[str, bytes], time: datetime = DAY) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
        os.utime(path / name, (0, time.timestamp()))
    return path


def archive(path: Path, files: dict[str, bytes], time: datetime = DAY) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, time.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, data)
    return path


def take(course: Path, files: dict[str, bytes], time: datetime = DAY, **options: Any) -> Any:
    """Intake of an archive, its times in UTC, the results sorted into taken and refused."""
    path = archive(course.parent / "a.zip", files, time)
    results = intake(path, NAME, course, **{"zone": UTC} | options)
    taken = {result.student: result for result in results if isinstance(result, Taken)}
    refused = {result.source: result for result in results if isinstance(result, RefusedFile)}
    assert len(taken) + len(refused) == len(results)
    assert all(str(result).isprintable() for result in results)
    return taken, refused


def notebook_of(course: Path, student: str) -> bytes:
    return (course / "submitted" / student / NAME / f"{NAME}.ipynb").read_bytes()


def time_of(course: Path, student: str) -> datetime:
    """When nbgrader says that it was submitted."""
    directory = CourseDirectory(root=str(course))
    path = directory.format_path("submitted", student, NAME)
    return directory.get_existing_timestamp(path).replace(tzinfo=UTC)


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


# Which assignment it is


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


# Which of two


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


# Once more


def test_again_changes_nothing(course):
    files = {f"{i}/x.ipynb": edited(str(i)) for i in range(3)} | {"4/y.ipynb": SCALING}
    first, _ = take(course, files)
    before = {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in course.rglob("*")}
    second, _ = take(course, files)
    assert before == {p: (p.stat().st_mtime_ns, p.stat().st_ino) for p in course.rglob("*")}
    assert {taken.what for taken in first.values()} == {"new"}
    assert {taken.what for taken in second.values()} == {"was there"}


def test_a_later_one_takes_the_place_of_an_earlier_one_and_not_the_other_way(course):
    old, new = {"1/x.ipynb": edited("old")}, {"1/y.ipynb": edited("new")}
    take(course, old)
    taken, _ = take(course, new, DAY + HOUR)
    assert (taken["1"].what, taken["1"].time) == ("replaces an earlier one", DAY + HOUR)
    for time in (DAY, DAY + HOUR):
        taken, refused = take(course, old, time)
        assert not taken
        assert "not earlier, is there since 2026-03-05 13:00:00" in refused["1/x.ipynb"].reason
        assert notebook_of(course, "1") == new["1/y.ipynb"]
        assert time_of(course, "1") == DAY + HOUR


def test_downloaded_again_it_keeps_its_time(course):
    place = f"J_1{FILE}_/a.ipynb"
    take(course, {place: LAZY})
    taken, _ = take(course, {place: LAZY}, DAY + HOUR)
    assert (taken["1"].time, time_of(course, "1")) == (DAY, DAY)
    taken, _ = take(course, {place: LAZY}, DAY - HOUR)
    assert (taken["1"].time, time_of(course, "1")) == (DAY - HOUR, DAY - HOUR)


def test_the_platforms_list_of_times_goes_first(course):
    zone = timezone(timedelta(hours=-5))
    times = {"1": datetime(2026, 2, 20, 23, 59, 59, tzinfo=zone)}
    taken, _ = take(course, {f"J_{i}{FILE}_/a.ipynb": LAZY for i in (1, 2)}, times=times)
    assert {student: result.time for student, result in taken.items()} == times | {"2": DAY}
    assert time_of(course, "1") == datetime(2026, 2, 21, 4, 59, 59, tzinfo=UTC)


def test_what_nbgrader_has_collected_stays_if_it_is_later(course):
    """Its timestamp has a zone of its own; without one the file's time counts."""
    path = course / "submitted" / "1" / NAME
    folder(path, {f"{NAME}.ipynb": LAZY}, DAY + 3 * HOUR)
    (path / "timestamp.txt").write_text("2026-03-05 15:00:00.5 CET")
    _, refused = take(course, {"1/x.ipynb": edited("x")}, DAY + HOUR)
    assert "since 2026-03-05 14:00:00" in refused["1/x.ipynb"].reason
    for text in ("", "yesterday", "\xe9"):
        (path / "timestamp.txt").write_text(text, encoding="latin-1")
        _, refused = take(course, {"1/x.ipynb": edited("x")}, DAY + HOUR)
        assert "since 2026-03-05 15:00:00" in refused["1/x.ipynb"].reason
    (path / "timestamp.txt").write_text("2026-03-05 13:59:00 CET")
    taken, _ = take(course, {"1/x.ipynb": edited("x")}, DAY + HOUR)
    assert taken["1"].what == "replaces an earlier one"


def test_time_is_never_the_notebooks_word(course):
    content = json.loads(LAZY)
    content["metadata"] |= {"timestamp": "1999-01-01", "submitted": "1999-01-01 00:00:00 UTC"}
    files = {"1/x.ipynb": json.dumps(content).encode(), "1/timestamp.txt": b"1999-01-01 00:00 UTC"}
    take(course, files)
    assert time_of(course, "1") == DAY


@pytest.mark.parametrize("moment", range(8))
def test_stopped_at_any_moment_and_started_again(course, monkeypatch, moment):
    """Before each change of a file or its time, four for each student."""
    take(course, {"1/x.ipynb": edited("old")})
    new, left = {"1/x.ipynb": edited("new"), "2/x.ipynb": LAZY}, [moment]

    def dying(act):
        def instead(*arguments, **options):
            left[0] -= 1
            if left[0] < 0:
                raise KeyboardInterrupt
            return act(*arguments, **options)

        return instead

    with monkeypatch.context() as patch:
        patch.setattr(submitted, "write_whole", dying(record.write_whole))
        patch.setattr(Path, "unlink", dying(Path.unlink))
        patch.setattr(os, "utime", dying(os.utime))
        with pytest.raises(KeyboardInterrupt):
            take(course, new, DAY + HOUR)
    take(course, new, DAY + HOUR)
    assert {s: notebook_of(course, s) for s in "12"} == {"1": edited("new"), "2": LAZY}
    assert {time_of(course, student) for student in "12"} == {DAY + HOUR}
    assert len(tree(course / "submitted")) == 4


# Harm


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


# Staff's mistakes


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
