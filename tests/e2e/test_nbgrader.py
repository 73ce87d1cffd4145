"""The round trip through real nbgrader: release, hand in, autograde, marks, feedback."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from itertools import zip_longest
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests import bank
from tests.bank import ROOT

NAME = "lazy_training"
BIN = Path(sys.executable).parent
EXERCISE = bank.load(NAME)
POINTS = {cell.name: cell.points for cell in EXERCISE.cells if cell.role == "check"}
OPEN = next(cell.name for cell in EXERCISE.cells if cell.role == "open")


def nbgrader(course: Path, *arguments: str) -> str:
    """Run one nbgrader command in the course's folder; fail with what it said."""
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [BIN / "nbgrader", *arguments], cwd=course, env=environment, text=True, capture_output=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A copy of the course, in a path with a space, known to its gradebook."""
    course = tmp_path / "my course"
    for folder in ("solutions", "exercises"):
        shutil.copytree(ROOT / folder, course / folder)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    nbgrader(course, "generate_assignment", NAME, "--force")
    return course


def hand_in(course: Path, student: str, answers: dict[str, str]) -> None:
    """Put a student's notebook where nbgrader looks: the release with some cells filled in."""
    notebook = nbformat.read(course / "exercises" / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    path = course / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)


def marks(course: Path) -> dict[str, dict[str, float]]:
    """Automatic points, by student and check."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score for grade in submission.notebooks[0].grades
            }
            for submission in gradebook.assignment_submissions(NAME)
        }


def solution_answers() -> dict[str, str]:
    return {cell.name: cell.source for cell in EXERCISE.cells if cell.role == "exercise"}


def all_points_but(*lost: str) -> dict[str, float]:
    return {check: 0 if check in lost else points for check, points in POINTS.items()}


def automatic(scores: dict[str, float]) -> dict[str, float]:
    return {check: scores[check] for check in POINTS}


def test_solution_stub_and_right_answers(course: Path) -> None:
    hand_in(course, "solution", solution_answers() | {OPEN: "The wide one is lazy, since …"})
    hand_in(course, "stub", {})
    right = {name: [] for name in solution_answers()}
    for answer in bank.answers(NAME, "right"):
        right[answer.name].append(answer.source)
    for i, sources in enumerate(zip(*right.values(), strict=True)):
        hand_in(course, f"right {i}", dict(zip(right, sources, strict=True)))

    nbgrader(course, "autograde", NAME)
    scores = marks(course)

    assert automatic(scores.pop("stub")) == all_points_but(*POINTS)
    assert set(scores) == {"solution", "right 0", "right 1", "right 2"}
    for student, points in scores.items():
        assert automatic(points) == all_points_but(), student
    assert sum(POINTS.values()) == 16

    # The stub stops where its first visible check calls the first stub.
    graded = nbformat.read(course / "autograded" / "stub" / NAME / f"{NAME}.ipynb", as_version=4)
    errors = [
        out for c in graded.cells for out in c.get("outputs", []) if out.output_type == "error"
    ]
    assert errors[0].ename == "NotImplementedError"

    # An open answer left as it was scores 0, a changed one waits for a person.
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        grades = {
            student: gradebook.find_grade(OPEN, NAME, NAME, student)
            for student in ("solution", "stub")
        }
        assert grades["solution"].needs_manual_grade
        assert grades["solution"].auto_score is None
        assert not grades["stub"].needs_manual_grade
        assert grades["stub"].auto_score == 0

    nbgrader(course, "generate_feedback", NAME)
    pages = {path.parent.parent.name for path in course.glob("feedback/*/*/*.html")}
    assert pages == {"solution", "stub", "right 0", "right 1", "right 2"}

    nbgrader(course, "export")
    assert "solution" in (course / "grades.csv").read_text()


@pytest.mark.parametrize("half", [0, 1])
def test_wrong_answers_lose_their_marks_and_no_others(course: Path, half: int) -> None:
    """One submission holds a wrong answer to each question: their losses do not mix."""
    wrong: dict[str, list[bank.Answer]] = {name: [] for name in solution_answers()}
    for answer in bank.answers(NAME, "wrong"):
        wrong[answer.name].append(answer)
    expected = {}
    for i, row in enumerate(zip_longest(*wrong.values())):
        if i % 2 != half:
            continue
        chosen = [answer for answer in row if answer is not None]
        replaced = {answer.name: answer.source for answer in chosen}
        hand_in(course, f"wrong {i}", solution_answers() | replaced)
        lost = {check for answer in chosen for check in answer.fails}
        expected[f"wrong {i}"] = (all_points_but(*lost), [str(answer) for answer in chosen])

    nbgrader(course, "autograde", NAME)

    scores = marks(course)
    assert set(scores) == set(expected)
    for student, points in scores.items():
        assert automatic(points) == expected[student][0], expected[student][1]


def test_generating_again_leaves_the_tree_clean(course: Path) -> None:
    """`nbgrader generate_assignment NAME --force` writes what is in git already."""
    for folder in (f"solutions/{NAME}", f"exercises/{NAME}"):
        ours = {p.name: p.read_bytes() for p in (ROOT / folder).glob("*") if p.is_file()}
        theirs = {p.name: p.read_bytes() for p in (course / folder).glob("*") if p.is_file()}
        assert ours == theirs


def ask(address: str, *, patience_s: float = 60) -> bytes:
    """GET, again and again: the server names its address a moment before it listens."""
    until = time.monotonic() + patience_s
    while True:
        try:
            with urllib.request.urlopen(address, timeout=patience_s) as answer:
                return answer.read()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_formgrader_lists_the_assignment(course: Path) -> None:
    """The real server with nbgrader's extension, asked over HTTP on loopback."""
    hand_in(course, "solution", {})
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    command = [BIN / "jupyter-server", "--no-browser", "--allow-root", "--ip=127.0.0.1", "--port=0"]
    with subprocess.Popen(
        command,
        cwd=course,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as server:
        try:
            said = ""
            for line in server.stdout:
                said += line
                if match := re.match(r"\s+(http://127\.0\.0\.1:\d+)/\S*token=(\w+)", line):
                    break
            else:
                pytest.fail(said)
            address = f"{match[1]}/formgrader/api/assignments?token={match[2]}"
            assignments = json.loads(ask(address))
        finally:
            server.terminate()
    assert [(a["name"], a["num_submissions"]) for a in assignments] == [(NAME, 1)]
    assert assignments[0]["max_score"] == 20
