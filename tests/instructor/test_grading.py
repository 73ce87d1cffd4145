"""Many jobs on an executor: how many it holds at a time, and what is read again, when."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from course_utils.instructor import grading, record, submissions
from course_utils.instructor.submissions import Job
from tests.instructor import boxes, classes
from tests.instructor.gradebook import graded


class Class:
    """Jobs of a class, which counts how many were taken from it."""

    def __init__(self, students: int, data: bytes = b"") -> None:
        task = boxes.task(graded.NAME)
        self.jobs = (Job(task, "", str(n), data, "", str(n)) for n in range(students))
        self.taken = 0

    def __iter__(self) -> Iterator[Job]:
        for job in self.jobs:
            self.taken += 1
            yield job


def grade(job):
    return graded.record(job.student)


@pytest.fixture
def one_worker(monkeypatch):
    monkeypatch.setattr(grading, "grade", lambda job: grade(job))
    with ThreadPoolExecutor(1) as executor:
        yield executor


def test_an_executor_holds_few_jobs_of_a_large_class(tmp_path, one_worker):
    work, done = Class(5 * grading.AHEAD), set()
    for one in grading.grade_all(tmp_path, work, one_worker, keep=False):
        assert work.taken - len(done) <= grading.AHEAD
        done.add(one.student)
    assert done == set(map(str, range(5 * grading.AHEAD)))


def test_large_submissions_are_held_by_their_size(tmp_path, one_worker, monkeypatch):
    monkeypatch.setattr(grading, "AHEAD_BYTES", 100)
    work, done = Class(20, data=40 * b" "), 0
    for _ in grading.grade_all(tmp_path, work, one_worker, keep=False):
        assert work.taken - done <= 3
        done += 1
    assert done == 20


def test_one_submission_larger_than_all_that_is_held_is_graded(tmp_path, one_worker, monkeypatch):
    monkeypatch.setattr(grading, "AHEAD_BYTES", 100)
    work = Class(2, data=1000 * b" ")
    assert len(list(grading.grade_all(tmp_path, work, one_worker, keep=False))) == 2


def test_who_stops_asking_calls_off_the_rest(tmp_path, one_worker):
    work = Class(5 * grading.AHEAD)
    records = grading.grade_all(tmp_path, work, one_worker)
    first = next(records)
    records.close()
    assert work.taken <= grading.AHEAD
    assert (tmp_path / "graded" / graded.NAME / f"{first.student}.json").is_file()


def test_what_timed_out_runs_again_after_all_others(tmp_path, one_worker, monkeypatch):
    seen = []

    def slow_at_first(job):
        seen.append(job.student)
        one = grade(job)
        if job.student != "1" or seen.count("1") > 1:
            return one
        return replace(one, checks=tuple(replace(c, status="timeout") for c in one.checks))

    monkeypatch.setattr(grading, "grade", slow_at_first)
    records = list(grading.grade_all(tmp_path, Class(200), one_worker, keep=False))
    assert [one.student for one in records][-1] == seen[-1] == "1"
    assert {check.status for check in records[-1].checks} == {"passed"}
    assert len(seen) == 201


@pytest.mark.parametrize("student", ["nobody", "", "..", "../submitted/ann", "linked"])
def test_a_submission_that_is_not_there(tmp_path, student):
    path = tmp_path / "submitted" / "ann" / graded.NAME / f"{graded.NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"{}")
    (tmp_path / "submitted" / "linked").symlink_to(path.parents[1])
    assert submissions.submission(tmp_path, graded.NAME, "ann") == b"{}"
    with pytest.raises(FileNotFoundError, match="no longer there"):
        submissions.submission(tmp_path, graded.NAME, student)


def test_a_fault_of_any_library_costs_one_submission_alone(tmp_path, monkeypatch):
    def deep(*_):
        raise RecursionError("too deep\nin there")

    monkeypatch.setattr(grading, "rebuild", deep)
    release = (graded.ROOT / "exercises" / graded.NAME / f"{graded.NAME}.ipynb").read_text()
    work = Job(boxes.task(graded.NAME), release, "ann", release.encode(), "", "key")
    with ThreadPoolExecutor(1) as executor:
        (one,) = grading.grade_all(tmp_path, [work], executor)
    assert one.review == ("not graded, RecursionError: too deep in there: autograde again",)
    assert one.earned == 0
    assert not submissions.is_done(tmp_path, work)


@pytest.mark.parametrize("student", ["й" * 120, "й" * 119 + "ц", "not UTF-8: \udce9", "a/b", ".."])
def test_a_record_bears_every_name_that_a_folder_can_have(student, tmp_path):
    others = [graded.record("й" * 118), graded.record("й" * 121)]
    for one in (graded.record(student), *others):
        record.save(tmp_path, one)
    folder = tmp_path / "graded" / graded.NAME
    assert len(list(folder.iterdir())) == 3
    assert [one.student for one in record.load_all(tmp_path, graded.NAME, [student])] == [student]
    assert student in {one.student for one in record.load_all(tmp_path, graded.NAME)}


@pytest.mark.parametrize("room", ["submitted", "autograded", "feedback"])
def test_what_a_killed_command_had_begun_is_swept(room, tmp_path):
    folder = tmp_path / room / "ann" / graded.NAME
    folder.mkdir(parents=True)
    for name in (".old.partial", ".new.partial", f"{graded.NAME}.ipynb"):
        (folder / name).touch()
    classes.age([folder / ".old.partial", folder / f"{graded.NAME}.ipynb"])
    record.sweep(tmp_path, graded.NAME)
    assert {path.name for path in folder.iterdir()} == {".new.partial", f"{graded.NAME}.ipynb"}
