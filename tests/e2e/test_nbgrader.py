"""The round trip through nbgrader as it is: release, hand in, autograde, marks, feedback."""

import os
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests import bank
from tests.bank import ROOT
from tests.e2e.classroom import EXERCISES, hand_in, nbgrader

RIGHT_EACH = int(os.environ.get("RIGHT_EACH", "1"))
WRONG_EACH = int(os.environ.get("WRONG_EACH", "2"))
"""Answers to a question that are handed in; 99 in the environment hands in all, five to ten seconds
each. All of them are run against the same cells in `tests/instructor/test_answers.py`; here it is
nbgrader that has to come to the same marks."""

each_assignment = pytest.mark.parametrize("name", EXERCISES)


def automatic_marks(course: Path, name: str) -> dict[str, dict[str, float]]:
    """Points of the checks, by student and check."""
    checks = points(name)
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {
            submission.student.id: {
                grade.name: grade.auto_score
                for grade in submission.notebooks[0].grades
                if grade.name in checks
            }
            for submission in gradebook.assignment_submissions(name)
        }


def points(name: str, *, lost: Iterable[str] = ()) -> dict[str, float]:
    """What each check of an exercise is worth, 0 where it is lost."""
    checks = [cell for cell in EXERCISES[name].cells if cell.role == "check"]
    return {cell.name: 0 if cell.name in lost else cell.points for cell in checks}


def solution(name: str) -> dict[str, str]:
    cells = EXERCISES[name].cells
    answers = {cell.name: cell.source for cell in cells if cell.role == "exercise"}
    return answers | {cell.name: "Since …" for cell in cells if cell.role == "open"}


def bank_of(name: str, kind: str) -> dict[str, list[bank.Answer]]:
    """Right or wrong answers, by question."""
    answers = bank.answers(name, kind)
    questions = [cell.name for cell in EXERCISES[name].cells if cell.role == "exercise"]
    return {question: [a for a in answers if a.name == question] for question in questions}


@each_assignment
def test_solution_stub_and_right_answers(stock: Path, name: str) -> None:
    """A submission holds one right answer from the bank to each question, as long as there are."""
    hand_in(stock, name, "solution", solution(name))
    hand_in(stock, name, "stub", {})
    rows = list(zip_longest(*bank_of(name, "right").values()))[:RIGHT_EACH]
    for i, row in enumerate(rows):
        right = {answer.name: answer.source for answer in row if answer is not None}
        hand_in(stock, name, f"right {i}", solution(name) | right)

    nbgrader(stock, "autograde", name)
    marks = automatic_marks(stock, name)

    students = {"solution", "stub", *(f"right {i}" for i in range(len(rows)))}
    assert set(marks) == students
    assert marks.pop("stub") == points(name, lost=points(name))
    for student, received in marks.items():
        assert received == points(name), (student, rows)
    assert sum(points(name).values()) == 16

    # The stub stops where its first visible check calls the first stub.
    graded = nbformat.read(stock / "autograded" / "stub" / name / f"{name}.ipynb", as_version=4)
    errors = [
        out for c in graded.cells for out in c.get("outputs", []) if out.output_type == "error"
    ]
    assert errors[0].ename == "NotImplementedError"

    # An open answer left as it was scores 0, a changed one waits for a person.
    with Gradebook(f"sqlite:///{stock / 'gradebook.db'}") as gradebook:
        for cell in EXERCISES[name].cells:
            if cell.role == "open":
                changed = gradebook.find_grade(cell.name, name, name, "solution")
                assert (changed.needs_manual_grade, changed.auto_score) == (True, None)
                unchanged = gradebook.find_grade(cell.name, name, name, "stub")
                assert (unchanged.needs_manual_grade, unchanged.auto_score) == (False, 0)

    nbgrader(stock, "generate_feedback", name)
    assert {path.parent.parent.name for path in stock.glob("feedback/*/*/*.html")} == students

    nbgrader(stock, "export")
    assert "solution" in (stock / "grades.csv").read_text()


@each_assignment
def test_wrong_answers_lose_their_marks_and_no_others(stock: Path, name: str) -> None:
    """A submission answers every other question wrongly, the next one the questions between.

    Answers that cost one check alone come first and those that cost most of them last, so that in
    the end each check was lost and kept.
    """
    wrong = {
        question: sorted(answers, key=lambda answer: len(answer.fails))
        for question, answers in bank_of(name, "wrong").items()
    }
    expected = {}
    for i in range(2 * WRONG_EACH):
        chosen = [
            answers[i // 2 * (len(answers) - 1) // max(1, WRONG_EACH - 1)]
            for j, answers in enumerate(wrong.values())
            if (i + j) % 2
        ]
        replaced = {answer.name: answer.source for answer in chosen}
        hand_in(stock, name, f"wrong {i}", solution(name) | replaced)
        lost = {check for answer in chosen for check in answer.fails}
        expected[f"wrong {i}"] = (points(name, lost=lost), [str(answer) for answer in chosen])

    nbgrader(stock, "autograde", name)

    marks = automatic_marks(stock, name)
    assert set(marks) == set(expected)
    for student, (received, answers) in expected.items():
        assert marks[student] == received, (student, answers)
    for check in points(name):
        assert {received[check] > 0 for received in marks.values()} == {True, False}


@each_assignment
def test_generating_again_leaves_the_tree_clean(released: Path, name: str) -> None:
    """`nbgrader generate_assignment NAME --force` writes what is in git already."""
    for folder in (f"solutions/{name}", f"exercises/{name}"):
        ours = {p.name: p.read_bytes() for p in (ROOT / folder).glob("*") if p.is_file()}
        theirs = {p.name: p.read_bytes() for p in (released / folder).glob("*") if p.is_file()}
        assert ours == theirs
