"""nbgrader's own commands in the course's folder: our sandbox, checks, record, marks and page."""

import os
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from course_utils.instructor import record
from course_utils.instructor.cli import main
from tests.e2e.classroom import BIN, ENVIRONMENT, hand_in, nbgrader
from tests.instructor.boxes import solution

pytestmark = pytest.mark.bubblewrap
NAME = "linear_networks"
SOLVED = solution(NAME) | {"why": "Since …"}
LEAVES = {"best_map_of_rank": "import os\n\ndef best_map_of_rank(X, Y, rank):\n    os._exit(0)"}


@pytest.fixture(scope="module")
def graded(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four students handed in: all right, nothing, one that ends the process, no notebook."""
    course = shutil.copytree(released, tmp_path_factory.mktemp("graded") / "my course")
    hand_in(course, NAME, "ann", SOLVED)
    hand_in(course, NAME, "ben", {})
    hand_in(course, NAME, "cleo", SOLVED | LEAVES)
    broken = course / "submitted" / "dan" / NAME / f"{NAME}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"\xff no notebook")
    failed = ask(course, "autograde", NAME)
    assert "There was an error processing assignment 'linear_networks' for student 'dan'" in failed
    assert "not UTF-8" in failed
    return course


def ask(course: Path, *arguments: str, path: str | None = None) -> str:
    """What an nbgrader command says that fails."""
    environment = ENVIRONMENT if path is None else ENVIRONMENT | {"PATH": path}
    command = [BIN / "nbgrader", *arguments]
    done = subprocess.run(command, cwd=course, env=environment, text=True, capture_output=True)
    assert done.returncode == 1, done.stderr
    return done.stderr


def records(course: Path) -> dict[str, record.Record]:
    return {one.student: one for one in record.load_all(course, NAME)}


def marks(course: Path) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(NAME)}


def test_the_button_the_command_and_ours_agree(graded: Path, capsys) -> None:
    found = records(graded)
    earned = {student: one.earned for student, one in found.items()}
    assert earned["ann"] == 16
    assert (earned["ben"], earned["dan"]) == (0, 0)
    lost = [c for c in found["cleo"].checks if not c.earned]
    assert {(c.answer, c.status) for c in lost} == {("best_map_of_rank", "died")}
    assert all(one.sandboxed for one in found.values())
    scores = marks(graded)
    assert scores == earned

    assert main(["--root", str(graded), "autograde", NAME, "--workers", "1"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert [line[:5] for line in said] == ["dan: ", "0 gra"]  # dan's file, still
    assert marks(graded) == scores


def test_the_notebook_that_is_shown_holds_outcomes_and_was_not_run(graded: Path) -> None:
    for student, one in records(graded).items():
        if student == "dan":
            continue
        path = graded / "autograded" / student / NAME / f"{NAME}.ipynb"
        cells = {c.id: c for c in nbformat.read(path, as_version=4).cells}
        for check in one.checks:
            shown = [output.output_type for output in cells[check.name].outputs]
            assert shown == ([] if check.status == "passed" else ["error"])
        assert all(c.get("execution_count") is None for c in cells.values())


def test_feedback_is_the_safe_page(graded: Path, capsys) -> None:
    nbgrader(graded, "generate_feedback", NAME, "--student=ann")
    nbgrader(graded, "generate_feedback", NAME, "--student=cleo")
    pages = {p: p.read_bytes() for p in graded.glob("feedback/*/*/*.html")}
    assert {p.parent.parent.name for p in pages} == {"ann", "cleo"}
    assert all(b"Content-Security-Policy" in page for page in pages.values())
    assert main(["--root", str(graded), "feedback", NAME]) == 2  # none for dan, and it says so
    assert "pages not written: 1" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in pages} == pages


def test_without_bubblewrap_nothing_is_graded(course: Path, tmp_path: Path) -> None:
    """And no kernel takes its place."""
    hand_in(
        course, NAME, "ann", SOLVED | {"best_map_of_rank": f"open({str(tmp_path / 'x')!r}, 'w')"}
    )
    programs = tmp_path / "bin"
    programs.mkdir()
    for program in BIN.iterdir():
        (programs / program.name).symlink_to(program)
    said = ask(course, "autograde", NAME, path=f"{programs}{os.pathsep}/nowhere")
    assert "bubblewrap is missing: apt-get install bubblewrap" in said
    assert not (tmp_path / "x").exists()
    assert not list((course / "graded").rglob("*.json"))
    assert not list((course / "autograded").rglob("*.ipynb"))
