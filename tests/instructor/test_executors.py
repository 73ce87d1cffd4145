"""Grading on processes and on a real Dask cluster, some of which are killed on the way."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import psutil
import pytest

from course_utils.instructor import classroom, executors
from course_utils.instructor.cli import main
from tests.instructor import classes

pytestmark = pytest.mark.bubblewrap
STUDENTS = 4


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """A class graded by the process pool, with nobody killed."""
    root = classes.make(tmp_path_factory.mktemp("pool"), STUDENTS)
    list(classroom.autograde(root, classes.NAME, workers=1))
    return root


@pytest.fixture
def course(tmp_path):
    return classes.make(tmp_path / "course", STUDENTS)


class Cluster:
    """A scheduler and its workers, processes of their own on this machine."""

    def __init__(self, folder):
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        self.folder, self.address = folder, f"tcp://127.0.0.1:{port}"
        self.workers = []
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        self.wait_for("Scheduler at", "scheduler-0")

    def add_worker(self, *options):
        worker = self._start(
            *("worker", self.address, "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"),
            *("--nthreads", "1", "--local-directory", str(self.folder), *options),
        )
        self.workers.append(worker)

    def _start(self, *command):
        log = self.folder / f"{command[0]}-{len(self.workers)}.log"
        with log.open("w") as file:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *command], cwd=self.folder, stdout=file, stderr=file
            )

    def wait_for(self, text, log):
        end = time.monotonic() + 60
        while text not in (self.folder / f"{log}.log").read_text():
            assert time.monotonic() < end, log
            time.sleep(0.05)

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path, monkeypatch):
    folder = tmp_path / "cluster"
    folder.mkdir()
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    with closing(Cluster(folder)) as found:
        yield found


@contextmanager
def after_first_record(monkeypatch, act):
    """Calls `act` once the first record has been saved."""
    save, done = classroom.record.save, []

    def saved(*arguments):
        path = save(*arguments)
        if not done:
            done.append(act())
        return path

    with monkeypatch.context() as patch:
        patch.setattr(classroom.record, "save", saved)
        yield
    assert done


def summary(lines):
    return list(lines)[-1]


def test_a_dask_worker_that_is_killed_costs_nobody_a_mark(
    course, cluster, undisturbed, monkeypatch
):
    cluster.add_worker()
    cluster.add_worker()
    with after_first_record(monkeypatch, cluster.workers[0].kill):
        said = summary(classroom.autograde(course, classes.NAME, dask=cluster.address))
    assert said.startswith(f"{STUDENTS} graded, 0 as before, {STUDENTS} changes")
    assert classes.records(course) == classes.records(undisturbed)
    assert not list(cluster.folder.rglob("*.db"))
    assert not list(cluster.folder.rglob("*.json"))


def test_without_workers_one_line_and_what_is_graded_stays(course, cluster, monkeypatch, capsys):
    cluster.add_worker()

    def end():
        cluster.workers[0].kill()
        monkeypatch.setattr(executors, "WITHOUT_WORKERS", 1.0)

    with after_first_record(monkeypatch, end):
        assert autograde(course, "--dask", cluster.address) == 2
    assert "its workers are gone: start some" in one_line(capsys)
    assert 1 <= len(classes.records(course)) < STUDENTS
    assert not (course / "gradebook.db").exists()


def test_without_its_scheduler_one_line(course, cluster, monkeypatch, capsys):
    cluster.add_worker()

    def end():
        cluster.scheduler.kill()
        monkeypatch.setattr(executors, "WITHOUT_WORKERS", 1.0)

    with after_first_record(monkeypatch, end):
        assert autograde(course, "--dask", cluster.address) == 2
    assert "gone" in one_line(capsys)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nonsense", "tls://127.0.0.1:9"])
def test_a_cluster_that_cannot_be_reached_is_one_line(address, course, monkeypatch, capsys):
    monkeypatch.setattr(executors, "CONNECTS_IN", 1.0)
    assert autograde(course, "--dask", address) == 2
    assert f"dask={address!r}" in one_line(capsys)
    assert not classes.records(course)
    assert not (course / "gradebook.db").exists()


def kill_workers():
    """All grading processes of this one."""
    workers = [p for p in psutil.Process().children() if "spawn_main" in " ".join(p.cmdline())]
    assert workers
    for worker in workers:
        worker.send_signal(signal.SIGKILL)
    return workers


def test_a_process_that_is_killed_costs_nobody_a_mark(course, undisturbed, monkeypatch):
    with after_first_record(monkeypatch, kill_workers):
        said = summary(classroom.autograde(course, classes.NAME, workers=1))
    assert said.startswith(f"{STUDENTS} graded, 0 as before, {STUDENTS} changes")
    assert classes.records(course) == classes.records(undisturbed)


def test_processes_that_are_killed_again_and_again_are_one_line(course, monkeypatch, capsys):
    def lost(*_, **__):
        raise executors.BrokenExecutor
        yield

    monkeypatch.setattr(classroom.grading, "grade_all", lost)
    assert autograde(course) == 2
    assert "the same command goes on" in one_line(capsys)


def test_workers_touch_no_file_of_the_course(tmp_path):
    """A job is all that a worker gets: it grades in a folder and a process without a course."""
    root = classes.make(tmp_path / "course", 1)
    script = (
        "import sys, pickle, json\n"
        "from pathlib import Path\n"
        "touched = []\n"
        "sys.addaudithook(lambda event, a: touched.append(str(a[0])) if event in "
        "('open', 'os.rename', 'os.mkdir', 'sqlite3.connect') else None)\n"
        "from course_utils.instructor import grading, warm\n"
        "job = pickle.loads(sys.stdin.buffer.read())\n"
        "record = grading.grade(job)\n"
        "warm.close()\n"
        "print(json.dumps([record.earned, touched]))\n"
    )
    import pickle

    from course_utils.instructor import submissions

    (job,) = submissions.jobs(root, classes.NAME)
    (tmp_path / "empty").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", script],
        input=pickle.dumps(job),
        capture_output=True,
        cwd=tmp_path / "empty",
        env=os.environ | {"PYTHONPATH": str(classes.bank.ROOT)},
    )
    assert done.returncode == 0, done.stderr
    earned, touched = json.loads(done.stdout)
    assert earned == 16
    assert len(touched) > 100
    assert not [name for name in touched if str(root) in name or name.endswith(".db")]
    assert not list((tmp_path / "empty").iterdir())


def autograde(root, *options):
    return main(["--root", str(root), "autograde", classes.NAME, *options])


def one_line(capsys):
    error = capsys.readouterr().err.rpartition("\r")[2]  # after the bar
    assert error.startswith("course: ")
    assert error.count("\n") == 1
    return error
