"""Small classes for the linear networks' assignment, and what grading leaves of them."""

import json
import os
import shutil
from pathlib import Path

import nbformat

from tests import bank
from tests.instructor.handed_in import handed_in

NAME = "linear_networks"


def make(root: Path, students: int) -> Path:
    """A course with one assignment and a class: right, wrong in one answer, or as released."""
    for folder in ("solutions", "exercises"):
        shutil.copytree(bank.ROOT / folder / NAME, root / folder / NAME)
    wrong = bank.answers(NAME, "wrong")
    for number in range(students):
        answer = wrong[number * len(wrong) // students]
        given = {answer.name: answer.source} if number % 2 else {}
        hand_in(root, f"s{number}", nbformat.writes(handed_in(NAME, **given)))
    return root


def hand_in(root: Path, student: str, text: str) -> None:
    path = root / "submitted" / student / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def records(root: Path) -> dict[str, dict]:
    """By student, without what a run has cost."""
    found = {p.stem: json.loads(p.read_text()) for p in (root / "graded" / NAME).glob("*.json")}
    return {student: one | {"usage": None} for student, one in sorted(found.items())}


def times(root: Path) -> dict[str, int]:
    """When each record was written: it tells whether one was graded again."""
    return {p.stem: p.stat().st_mtime_ns for p in (root / "graded" / NAME).glob("*.json")}


def partial_files(root: Path) -> list[Path]:
    return list(root.rglob("*.partial"))


def age(files: list[Path]) -> None:
    """As if they had been written an hour ago."""
    for path in files:
        os.utime(path, (path.stat().st_mtime - 3600,) * 2)
