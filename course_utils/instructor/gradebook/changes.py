"""Whose marks move, and by how much: what `write` did and what `dry_run` foretells."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from course_utils.instructor.gradebook import rows
from course_utils.instructor.gradebook.marks import Held, Mark
from course_utils.instructor.record import Record


@dataclass(frozen=True)
class Move:
    """A mark that moves."""

    cell: str
    before: float
    after: float


@dataclass(frozen=True)
class Change:
    """What a record changes for a student."""

    assignment: str
    student: str
    before: float | None
    """Points in all, automatic and by hand; None if there was no submission."""
    after: float
    moves: tuple[Move, ...] = ()
    notes: tuple[str, ...] = ()
    """What a person should know: a mark withdrawn, a mark to look at again."""
    problem: str = ""
    """Why this record could not be brought in; then nothing of it was."""

    def __str__(self) -> str:
        student = self.student
        if not student or not student.isprintable():
            student = repr(student)
        if self.problem:
            return f"{student}: not in the gradebook: {self.problem}"
        before = "new" if self.before is None else f"{self.before:g}"
        moves = [f"{m.cell} {m.before:g} -> {m.after:g}" for m in self.moves]
        details = "; ".join([*(moves if self.before is not None else ()), *self.notes])
        return f"{student}: {before} -> {self.after:g}" + (f" ({details})" if details else "")


def changes(
    batch: Mapping[str, Record],
    known: Mapping[str, rows.Stored],
    planned: Mapping[str, tuple[Held, tuple[str, ...]]],
    problems: Mapping[str, str],
) -> Iterator[Change]:
    """What is new or moves, and what went wrong."""
    for student, record in batch.items():
        held = known[student].held if student in known else None
        before = None if held is None else held.score
        if student in problems:
            yield Change(record.assignment, student, None, 0, problem=problems[student])
        elif student in planned:
            after, notes = planned[student]
            moves = tuple(_moves(held or Held(), after))
            if moves or notes or held is None:
                yield Change(record.assignment, student, before, after.score, moves, notes)


def _moves(before: Held, after: Held) -> Iterator[Move]:
    for name in sorted({*before.marks, *after.marks}):
        old, new = (held.marks.get(name, Mark()).score for held in (before, after))
        if old != new:
            yield Move(name, old, new)
