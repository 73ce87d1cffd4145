"""A run that is killed at random moments and started again ends as one that was left alone.

Moments are drawn over what a run does (submissions begun, records saved) and, within that, over
time: so a slow machine needs no more kills, and each kill falls where something is at stake.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import nbformat
import psutil
import pytest

from tests.instructor import classes
from tests.instructor.handed_in import code_answers, handed_in

pytestmark = pytest.mark.bubblewrap
STUDENTS, KILLS = 6, 10
COURSE = "from course_utils.instructor.cli import main; raise SystemExit(main())"


def start(root):
    """`course autograde`, the first process of a group of its own."""
    command = [sys.executable, "-c", COURSE, "--root", str(root), "autograde", classes.NAME]
    return subprocess.Popen(
        [*command, "--workers", "1"],
        env=os.environ | {"PYTHONPATH": str(classes.bank.ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def family(pid):
    """The processes that come from this one."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def bury(run):
    """Wait for the first process alone: who is left holds its pipes open."""
    run.wait()
    run.stdout.close()
    run.stderr.close()


def all_gone(processes, within=5.0):
    """Whether all have ended after a few seconds; those that have not are ended here."""
    left = psutil.wait_procs(processes, timeout=within)[1]
    for process in left:
        process.kill()
    return not left


def marks(root):
    """The gradebook's marks as text."""
    query = (
        "select a.student_id, c.name, g.auto_score, g.manual_score, g.needs_manual_grade, "
        "n.late_submission_penalty, n.flagged from grade g join submitted_notebook n on "
        "g.notebook_id = n.id join submitted_assignment a on n.assignment_id = a.id "
        "join base_cell c on g.cell_id = c.id order by 1, 2"
    )
    with sqlite3.connect(root / "gradebook.db") as connection:
        found = "\n".join(map(repr, connection.execute(query)))
    connection.close()
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    root = classes.make(tmp_path_factory.mktemp("undisturbed") / "course", STUDENTS)
    began = time.monotonic()
    run = start(root)
    out, error = run.communicate()
    assert run.returncode == 0, error
    return root, time.monotonic() - began, out


@pytest.mark.fault("The batch", "held", of="killed and started again")
def test_killed_ten_times_and_started_again(undisturbed, tmp_path):
    whole, lasted, _ = undisturbed
    root = tmp_path / "course"
    for folder in ("solutions", "exercises", "submitted"):
        shutil.copytree(whole / folder, root / folder)
    chance = random.Random(0)
    saved = dict[str, int]()
    for number in range(KILLS):
        # Half of the moments lie in the start, where the sandboxes come up; a later one waits for a
        # new record and then some more, so that the run gets on.
        run = start(root)
        goal = len(saved) + (number % 2)
        end = time.monotonic() + 10 * lasted
        while len(classes.times(root)) < min(goal, STUDENTS) and run.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.01)
        time.sleep(chance.uniform(0, lasted / STUDENTS))
        others = family(run.pid)
        if number % 3:
            run.kill()  # the first process alone: nothing may stay behind
        else:
            os.killpg(run.pid, signal.SIGKILL)
        bury(run)
        assert all_gone(others), "processes stay behind"
        now = classes.times(root)
        assert {student: now[student] for student in saved} == saved  # none was graded again
        saved = now
        classes.age(classes.partial_files(root))
    run = start(root)
    out, error = run.communicate()
    assert run.returncode == 0, error
    assert f"{STUDENTS - len(saved)} graded, {len(saved)} as before" in out
    assert marks(root) == marks(whole)
    assert classes.records(root) == classes.records(whole)
    assert not classes.partial_files(root)


@pytest.mark.parametrize("where", ["the terminal", "one process"])
def test_ctrl_c_is_one_line_and_keeps_what_is_graded(where, undisturbed, tmp_path):
    whole, *_ = undisturbed
    root = tmp_path / "course"
    for folder in ("solutions", "exercises", "submitted"):
        shutil.copytree(whole / folder, root / folder)
    run = start(root)
    while where == "one process" and not classes.times(root) and run.poll() is None:
        time.sleep(0.01)
    while not family(run.pid):
        time.sleep(0.01)
    others = family(run.pid)
    if where == "the terminal":  # at once, while processes start; they get it all
        os.killpg(run.pid, signal.SIGINT)
    else:
        run.send_signal(signal.SIGINT)
    out, error = run.communicate(timeout=60)
    assert run.returncode == 130, error
    assert out == ""
    said = [line for line in error.splitlines() if line.strip() and "submission" not in line]
    assert said == ["course: stopped; the same command goes on where it was"]  # beside the bar
    assert all_gone(others)
    assert not classes.partial_files(root)
    kept = classes.records(root)
    assert {s: classes.records(whole)[s] for s in kept} == kept
    assert len(kept) >= (where == "one process")


def test_an_answer_that_never_ends_does_not_outlive_the_run(tmp_path):
    root = classes.make(tmp_path / "course", 0)
    name = next(iter(code_answers(classes.NAME)))
    endless = handed_in(classes.NAME, **{name: f"# exercise: {name}\nwhile True:\n    pass"})
    classes.hand_in(root, "s0", nbformat.writes(endless))
    run = start(root)
    others, end = [], time.monotonic() + 120
    while sum("inside.zygote" in " ".join(p.cmdline()) for p in others) < 6:  # both have a child
        assert run.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
        others = [p for p in family(run.pid) if p.is_running() and p.status() != "zombie"]
    run.kill()
    bury(run)
    assert all_gone(others)
