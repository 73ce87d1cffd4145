"""Intake once more: what is there already, and what comes later."""

import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from course_utils.instructor import record
from course_utils.instructor.intake import submitted
from tests.instructor.demo import tree
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
    time_of,
)


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
