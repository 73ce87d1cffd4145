"""What a record makes of the marks that the gradebook holds for a student. Pure: no database.

A mark given by hand belongs to the text it was given for. While that text stays, the mark stays,
whatever is graded again; when the automatic mark beside it moves, a person is asked to look. When
the text changes, the mark is withdrawn, and a comment keeps what it was.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from course_utils.instructor.record import CheckResult, Record

NO_RESPONSE = "No response."  # nbgrader's own words


@dataclass(frozen=True)
class Mark:
    """One graded cell of one student, as nbgrader keeps it."""

    auto: float | None = None
    manual: float | None = None
    extra: float | None = None
    waits: bool = True
    """Whether a person has to mark it."""

    @property
    def by_hand(self) -> bool:
        return self.manual is not None or self.extra is not None

    @property
    def score(self) -> float:
        """nbgrader's rule: the mark by hand, else the automatic one; extra credit on top."""
        base = self.manual if self.manual is not None else self.auto
        return 0.0 if base is None else base + (self.extra or 0.0)


@dataclass(frozen=True)
class Remark:
    """The comment on one answer."""

    auto: str | None = None
    manual: str | None = None


@dataclass(frozen=True)
class Held:
    """All that the gradebook holds of one submission."""

    marks: Mapping[str, Mark] = field(default_factory=dict)
    remarks: Mapping[str, Remark] = field(default_factory=dict)
    flagged: bool = False
    answers: Mapping[str, str] | None = None
    """A hash of each answer's text; None if it was not we who brought it in."""
    reviewed: bool = False
    """Whether it was flagged because its record asked for a review."""

    @property
    def score(self) -> float:
        return sum(mark.score for mark in self.marks.values())


def brought_in(
    held: Held, record: Record, points: Mapping[str, float], answers: Mapping[str, str]
) -> tuple[Held, tuple[str, ...]]:
    """What the gradebook has to hold after the record, and what to tell about it.

    Parameters
    ----------
    points : the released cells that have marks, with their points
    answers : a hash of the text of each answer, open or code

    Raises
    ------
    ValueError : if the record does not fit the release.
    """
    auto_marks = automatic(record, points)
    answer_of = {check.name: check.answer for check in record.checks}
    marks, notes, withdrawn = {}, list[str](), dict[str, list[str]]()
    for name, auto in auto_marks.items():
        answer = answer_of.get(name, name)
        old = held.marks.get(name, Mark())
        same = None if held.answers is None else held.answers.get(answer) == answers[answer]
        marks[name] = _marked(old, auto, same)
        if old.by_hand and not marks[name].by_hand:
            withdrawn.setdefault(answer, []).append(f"{name} {old.score:g} of {points[name]:g}")
            notes.append(f"{name}: the mark {old.score:g} was for another text, withdrawn")
        elif marks[name].by_hand and marks[name].waits and not old.waits:
            notes.append(f"{name}: marked by hand, and graded again: look again")
    remarks = {}
    for answer in answers:
        remark = held.remarks.get(answer, Remark())
        if held.answers is None or held.answers.get(answer) != answers[answer]:
            remark = _remark(remark, _is_empty(answer, record), withdrawn.get(answer), held)
        remarks[answer] = remark
    flagged = bool(record.review) or (held.flagged and not held.reviewed)
    return Held(marks, remarks, flagged, dict(answers), bool(record.review)), tuple(notes)


def automatic(record: Record, points: Mapping[str, float]) -> dict[str, float | None]:
    """The automatic mark of each cell; None where a person has to mark.

    Raises
    ------
    ValueError : if the record does not fit the release.
    """
    found: dict[str, float | None] = {check.name: check.earned for check in record.checks}
    found |= {answer.name: None if answer.changed else 0.0 for answer in record.open_answers}
    remedy = "autograde it again"
    if set(found) != set(points):
        differ = ", ".join(sorted(set(found) ^ set(points)))
        raise ValueError(f"its record does not fit the release ({differ}): {remedy}")
    for name, mark in found.items():
        if mark is None:
            continue
        if not (math.isfinite(mark) and 0 <= mark <= points[name]):
            raise ValueError(f"{name}: {mark!r} of {points[name]:g} points: {remedy}")
    return found


def _marked(old: Mark, auto: float | None, same: bool | None) -> Mark:
    """The mark of a cell, by whether its answer's text is the same as it was (None: unknown)."""
    if same and old.auto == auto:
        return old
    if old.by_hand and same is not False:
        return Mark(auto, old.manual, old.extra, waits=True)
    return Mark(auto, waits=auto is None)


def _is_empty(answer: str, record: Record) -> bool:
    checks: list[CheckResult] = [check for check in record.checks if check.answer == answer]
    open_answers = [a for a in record.open_answers if a.name == answer]
    return all(check.status == "missing" for check in checks) and not any(
        a.changed for a in open_answers
    )


def _remark(old: Remark, empty: bool, withdrawn: list[str] | None, held: Held) -> Remark:
    """The comment on a text that is new; what was said about the text before moves into it."""
    if held.answers is None:
        return Remark(NO_RESPONSE if empty else None, old.manual)
    said = [NO_RESPONSE] if empty else []
    if withdrawn:
        said.append(f"For an earlier text: {', '.join(withdrawn)}.")
    if old.manual:
        said.append(f"Comment on an earlier text: {old.manual}")
    return Remark("\n".join(said) or None, None)
