"""Bad input to the commands on a class: one line with the remedy, nothing half-written.

`intake` and `gradebook` have their own tests of it; here the commands must pass it on.
"""

import errno
import json
import os
import shutil

import pytest

from course_utils.instructor import classroom, record
from course_utils.instructor.alone import alone
from course_utils.instructor.cli import main
from course_utils.instructor.record import CheckResult, Record, Usage
from tests.instructor import classes, demo

NAME = classes.NAME


@pytest.fixture
def course(tmp_path):
    return classes.make(tmp_path / "course", 2)


@pytest.fixture
def error(course, capsys):
    """Runs a command that must fail and change nothing, and gives its one line."""

    def run(*arguments: str) -> str:
        before = demo.tree(course)
        assert main(["--root", str(course), *arguments]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        line = said.err.rpartition("\r")[2]
        assert line.startswith("course: ")
        assert line.count("\n") == 1
        after = demo.tree(course)
        after.pop(".gradebook.lock", None)
        assert after == before
        return line

    return run


def of_a_class(command, *more):
    return command, NAME, *more


@pytest.mark.parametrize("command", ["autograde", "feedback", "report"])
def test_an_unknown_assignment(command, error):
    assert "no assignment 'nothing'" in error(command, "nothing")


@pytest.mark.parametrize("command", ["autograde", "feedback", "report"])
def test_a_missing_release(command, course, error):
    shutil.rmtree(course / "exercises")
    assert "course notebooks" in error(command, NAME)


@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:9/gradebook", "nonsense"])
def test_a_database_that_cannot_be_reached_is_told_before_anything_is_graded(url, error):
    error("autograde", NAME, "--db-url", url)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and then nothing", b"no archive"])
def test_a_broken_archive(data, tmp_path, error):
    path = tmp_path / "broken.zip"
    path.write_bytes(data)
    assert "broken.zip" in error("intake", str(path), "--assignment", NAME)


def graded(course, student, **changes):
    one = Record(NAME, student, "key", "", (), (), Usage(0.0, 0.0, 0))
    path = record.save(course, one)
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    return path


@pytest.mark.parametrize("command", ["review", "feedback", "report"])
@pytest.mark.parametrize("changes", [{"version": 0}, {"checks": 5}, {"more": 1}])
def test_a_record_from_another_version(command, changes, course, error):
    path = graded(course, "s0", **changes)
    line = error(command, NAME)
    assert str(path) in line
    assert "autograde again" in line


@pytest.mark.bubblewrap
def test_autograde_grades_anew_what_it_cannot_read(course):
    paths = graded(course, "s0", version=0), graded(course, "s1")
    paths[1].write_text("{")
    graded(course, "gone", version=0)  # without a submission: of no interest
    assert main(["--root", str(course), "autograde", NAME, "--workers", "1"]) == 0
    assert sum(check.earned for check in record.load(paths[0]).checks) == 16
    assert record.load(paths[1]).checks


def test_a_second_autograde_is_refused_while_one_runs(course, error):
    (course / "graded").mkdir()
    (course / "graded" / classroom.LOCK).touch()  # as a run leaves it that was killed
    with alone(course / "graded" / classroom.LOCK, RuntimeError("taken already")):
        line = error("autograde", NAME, "--workers", "1")
    assert "graded/.autograde.lock: another course autograde runs" in line
    assert "wait until it ends" in line


@pytest.mark.parametrize("moment", ["write", "fsync", "replace"])
def test_no_space_keeps_the_old_record_and_nothing_else(moment, course, monkeypatch):
    path = graded(course, "s0")
    before = demo.tree(course)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    class Full:
        def __init__(self, handle, _):
            self.handle = handle

        def __enter__(self):
            return self

        def __exit__(self, *_):
            os.close(self.handle)

        write = full

    if moment == "write":
        monkeypatch.setattr(record.os, "fdopen", Full)
    else:
        monkeypatch.setattr(record.os, moment, full)
    check = CheckResult("check_a", "a", 1, 1, "passed")
    with pytest.raises(OSError, match="No space left"):
        record.save(course, Record(NAME, "s0", "new", "", (check,), (), Usage(0.0, 0.0, 0)))
    assert demo.tree(course) == before
    assert record.load(path).key == "key"


def test_no_space_is_one_line(course, error, monkeypatch):
    graded(course, "s0")

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(course / "reports"))

    monkeypatch.setattr(record.os, "fsync", full)
    assert "No space left" in error("report", NAME)
