"""A class handed in and graded, more than once: what counts, what moves, and that it is told."""

import re
import shutil
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from datetime import timedelta

import pytest
from nbgrader.api import Gradebook

from course_utils.instructor import classroom, executors, warm
from tests.bank import ROOT
from tests.instructor.boxes import boxes
from tests.instructor.faults.handing_in import (
    DAY,
    NAME,
    graded,
    make_course,
    marked,
    put,
    take,
    written,
)
from tests.instructor.handed_in import handed_in

pytestmark = pytest.mark.bubblewrap
SECTION = "The batch"
AS_LIST = (
    "# exercise: relative_movement\ndef relative_movement(snapshots):\n"
    "    vectors = [torch.cat([p.flatten() for p in weights]) for weights in snapshots]\n"
    "    return [((v - vectors[0]).norm() / vectors[0].norm()).item() for v in vectors]"
)
NOTHING = "# exercise: train\ndef train(*inputs, **options):\n    0"
RIGHT = written(handed_in(NAME, relative_movement=AS_LIST))
WRONG = written(handed_in(NAME, relative_movement=AS_LIST, train=NOTHING))
LATER = timedelta(hours=1)
TWICE = {
    "two submissions of one student": {
        "the later one counts": ([(DAY, WRONG), (DAY + LATER, RIGHT)], "merit"),
        "a later one that is no notebook": ([(DAY, RIGHT), (DAY + LATER, RIGHT[:99])], "merit"),
        "an earlier one that comes late": ([(DAY + LATER, RIGHT), (DAY, WRONG)], "refuse"),
    }
}


@pytest.fixture
def course(tmp_path):
    shutil.copy(ROOT / "nbgrader_config.py", make_course(tmp_path / "course"))
    return tmp_path / "course"


@pytest.mark.parametrize(("versions", "outcome"), marked(SECTION, TWICE))
@pytest.mark.parametrize("at_once", [True, False], ids=["at once", "one by one"])
def test_two_submissions(versions, outcome, at_once, course, tmp_path, monkeypatch):
    for number, (time, data) in enumerate(versions):
        folder = tmp_path / ("class" if at_once else f"class {number}")
        put(folder, {f"1/{number}.ipynb": data}, time)
        if not at_once:
            _, refused = take(folder, course)
    if at_once:
        _, refused = take(folder, course)
    assert bool(refused) == (at_once or versions[1] != (DAY + LATER, RIGHT))
    assert graded(course, "1", monkeypatch).earned == 16


class Here(Executor):
    """Does what it is given at once, and counts it."""

    def __init__(self):
        self.asked = []

    def submit(self, function, /, *arguments):
        self.asked.append(arguments[0].student)
        future = Future()
        future.set_result(function(*arguments))
        return future


@pytest.fixture
def autograde(course, tmp_path, monkeypatch):
    """A class of two, graded; the command, which gives its lines and whom it graded."""
    take(put(tmp_path / "class", {"ann/x.ipynb": RIGHT, "bob/x.ipynb": WRONG}), course)
    monkeypatch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))

    def command(**options):
        here = Here()

        @contextmanager
        def executor(*_):
            yield here

        monkeypatch.setattr(executors, "executor", executor)
        return list(classroom.autograde(course, NAME, **options)), here.asked

    _, asked = command()
    assert asked == ["ann", "bob"]
    return command


def kept(course):
    return {path: path.read_bytes() for path in (course / "graded").rglob("*.json")}


@pytest.mark.fault(SECTION, "held", of="graded once")
def test_nobody_is_graded_a_second_time(autograde, course):
    before = kept(course)
    lines, asked = autograde()
    assert asked == []
    assert lines[-1].startswith("0 graded, 2 as before, 0 changes")
    assert kept(course) == before


@pytest.mark.fault(SECTION, "held", of="graded once")
def test_a_notebook_that_changed_is_graded_alone(autograde, course, tmp_path):
    take(put(tmp_path / "again", {"bob/x.ipynb": RIGHT}, DAY + LATER), course)
    lines, asked = autograde()
    assert asked == ["bob"]
    assert re.match(r"bob: \d+ -> 16 \(", lines[0])


def scores(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}


def check_more(course, condition):
    """A further test of `relative_movement`; the points that it decides on."""
    source = course / "solutions" / NAME / f"{NAME}.md"
    head = re.compile(r"(# check: relative_movement \((\d+) points\)\n)")
    text, count = head.subn(rf"\1assert {condition}\n", source.read_text("utf-8"))
    assert count == 1
    source.write_text(text, "utf-8")
    return int(head.search(text)[2])


@pytest.mark.fault(SECTION, "held", of="tests changed after grading")
def test_a_test_that_the_solution_fails_moves_no_mark(autograde, course):
    """And the command says so in one line, of all at once."""
    check_more(course, "False")
    before = kept(course), scores(course)
    for dry_run in (True, False):
        with pytest.raises(ValueError, match=r"^2 \(ann, bob\): not graded, the solution does not"):
            autograde(dry_run=dry_run)
    assert (kept(course), scores(course)) == before


@pytest.mark.fault(SECTION, "held", of="tests changed after grading")
def test_a_dry_run_tells_whose_marks_move_then_they_move(autograde, course):
    points = check_more(course, 'hasattr(relative_movement([[torch.ones(1)]]), "dim")')
    before = kept(course)
    foretold, asked = autograde(dry_run=True)
    assert asked == ["ann", "bob"]
    assert f"ann: 16 -> {16 - points} (check_relative_movement {points} -> 0)" in foretold[0]
    assert f"check_relative_movement {points} -> 0" in foretold[1]
    assert (foretold[1][:4], len(foretold)) == ("bob:", 3)
    assert kept(course) == before
    lines, asked = autograde()
    assert asked == ["ann", "bob"]
    assert lines[:-1] == foretold[:-1]
    assert autograde()[1] == []
