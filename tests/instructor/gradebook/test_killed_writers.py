"""One writer at a time, killed at any moment."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from course_utils.instructor import gradebook
from tests.bank import ROOT
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import Notebooks, record
from tests.instructor.gradebook.read_back import marks, sqlite_of
from tests.instructor.gradebook.test_bad_databases import refused


def in_another_process(course: Path, code: str, *arguments: str) -> subprocess.Popen:
    head = """
        import os, signal, sys
        from pathlib import Path
        from course_utils.instructor import gradebook
        from course_utils.instructor.gradebook import autograded, rows, writer
        from tests.instructor.gradebook.graded import Notebooks, record
        course, db_url = Path(sys.argv[1]), sys.argv[2]
    """
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(paths)}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(head) + textwrap.dedent(code), course, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_writers(course, db_url):
    holds = """
        def notebook_of(result):
            print("holds", flush=True)
            signal.pause()
        gradebook.write([record("ann")], root=course, notebook_of=notebook_of, db_url=db_url)
    """
    with in_another_process(course, holds, db_url) as other:
        try:
            assert other.stdout.readline() == "holds\n"
            assert "another command is writing to the gradebook: wait" in refused(course, db_url)
            if db_url.startswith("postgresql"):
                machine = graded.make_course(course / "another machine")
                assert "another machine is writing to it: wait" in refused(machine, db_url)
            # Reading goes on.
            gradebook.dry_run([record("ann")], root=course, notebook_of=Notebooks(), db_url=db_url)
        finally:
            other.kill()
    assert (
        len(gradebook.write([record("ann")], root=course, notebook_of=Notebooks(), db_url=db_url))
        == 1
    )


@pytest.mark.parametrize("moment", ["notebook", "file", "rows", "commit", "made"])
def test_killed_and_started_again(course, db_url, moment):
    """The same marks as of a run that nobody disturbed, whenever it was killed."""
    killed = """
        moment, writer.BATCH = sys.argv[3], 2
        def die(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)
        if moment == "made":
            writer.released_cells.bring_in = die
        count = 0
        def notebook_of(result, give=Notebooks()):
            global count
            count += 1
            if count == 4:  # in the second batch
                if moment == "notebook":
                    die()
                if moment == "file":
                    autograded.write = die
                if moment == "rows":
                    rows.delete = die
                if moment == "commit":
                    store = rows.store
                    rows.store = lambda *all: (store(*all), die())
            return give(result)
        records = [record(f"s{i}", lost=["check_train"]) for i in range(6)]
        gradebook.write(records, root=course, notebook_of=notebook_of, db_url=db_url)
    """
    with in_another_process(course, killed, db_url, moment) as other:
        assert other.wait(timeout=120) == -signal.SIGKILL
    records = [record(f"s{i}", lost=["check_train"]) for i in range(6)]
    notebooks = Notebooks()
    gradebook.write(records, root=course, notebook_of=notebooks, db_url=db_url)
    assert len(notebooks.asked) == (6 if moment == "made" else 4)
    resumed = marks(db_url)
    undisturbed = graded.make_course(course / "undisturbed")
    gradebook.write(records, root=undisturbed, notebook_of=Notebooks())
    assert resumed == marks(sqlite_of(undisturbed))
    assert not list(course.rglob("*.partial"))
