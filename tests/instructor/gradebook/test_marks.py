"""What a record makes of the marks held: laws over sequences of gradings and of marks by hand."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.gradebook.marks import NO_RESPONSE, Held, Mark, Remark, brought_in
from course_utils.instructor.record import CheckResult
from tests.instructor.gradebook.graded import CHECKS, OPEN, RELEASE, answer_of, record

POINTS = RELEASE.points
TEXTS = dict.fromkeys(RELEASE.solutions, "text")


def held_after(held, result, answers=TEXTS):
    return brought_in(held, result, POINTS, answers)


def by_hand(held: Held, name: str, manual: float | None, extra: float | None = None) -> Held:
    """As the formgrader saves a mark."""
    mark = replace(held.marks[name], manual=manual, extra=extra, waits=False)
    return replace(held, marks={**held.marks, name: mark})


RECORDS = st.builds(
    lambda lost, changed, key: record("ann", lost=lost, changed=changed, key=key),
    st.sets(st.sampled_from(sorted(CHECKS))),
    st.booleans(),
    st.text(max_size=3),
)
ANSWERS = st.fixed_dictionaries(dict.fromkeys(sorted(TEXTS), st.sampled_from("ab")))


def test_an_open_answer_left_as_it_was_scores_0_and_a_changed_one_waits():
    left, _ = held_after(Held(), record("ann", changed=False))
    changed, _ = held_after(Held(), record("ann", changed=True))
    assert left.marks[OPEN] == Mark(0.0, waits=False)
    assert changed.marks[OPEN] == Mark(None, waits=True)
    assert (left.score, changed.score) == (16, 16)
    assert (left.remarks[OPEN].auto, changed.remarks[OPEN].auto) == (NO_RESPONSE, None)


def test_an_answer_that_is_missing_gets_the_words_of_nbgrader():
    held, _ = held_after(Held(), record("ann", missing=["train"]))
    assert {n for n, remark in held.remarks.items() if remark.auto == NO_RESPONSE} == {"train"}


@settings(deadline=None)
@given(RECORDS, ANSWERS)
def test_the_same_record_again_changes_nothing(result, answers):
    once, _ = held_after(Held(), result, answers)
    assert held_after(once, result, answers) == (once, ())


@settings(deadline=None)
@given(st.lists(st.tuples(RECORDS, ANSWERS), min_size=1, max_size=4), st.data())
def test_marks_by_hand_hold_as_long_as_the_text(gradings, data):
    """After each grading a person marks something; next time it is there or its text is new."""
    held = Held()
    for result, answers in gradings:
        before = held
        held, notes = held_after(held, result, answers)
        for name, mark in held.marks.items():
            answer = name if name == OPEN else answer_of(name)
            old = before.marks.get(name, Mark())
            same = before.answers is not None and before.answers[answer] == answers[answer]
            if same:
                assert (mark.manual, mark.extra) == (old.manual, old.extra)
                assert held.remarks[answer] == before.remarks[answer]
            else:
                assert not mark.by_hand
                assert not old.by_hand or any(note.startswith(f"{name}:") for note in notes)
                assert not old.by_hand or f"{name} {old.score:g}" in held.remarks[answer].auto
            automatic = {check.name: check.earned for check in result.checks}
            if name in automatic:
                assert mark.auto == automatic[name]
            assert mark.waits or mark.auto is not None or mark.by_hand
        name = data.draw(st.sampled_from(sorted(POINTS)))
        held = by_hand(held, name, data.draw(st.sampled_from([None, 0.0, 1.5])), 0.5)


def test_a_mark_by_hand_beside_an_automatic_one_that_moved_is_looked_at_again():
    held, _ = held_after(Held(), record("ann", lost=["check_train"]))
    held = by_hand(held, "check_train", 2.0)
    again, notes = held_after(held, record("ann", key="2"))
    assert again.marks["check_train"] == Mark(3, 2.0, waits=True)
    assert notes == ("check_train: marked by hand, and graded again: look again",)


def test_an_answer_taken_back_to_the_stub_loses_its_mark():
    held, _ = held_after(Held(), record("ann"))
    held = by_hand(held, OPEN, 4.0)
    held = replace(held, remarks={**held.remarks, OPEN: Remark(None, "Well said.")})
    back, notes = held_after(held, record("ann", changed=False), {**TEXTS, OPEN: "stub"})
    assert back.marks[OPEN] == Mark(0.0, waits=False)
    assert back.remarks[OPEN].manual is None
    assert back.remarks[OPEN].auto == (
        f"No response.\nFor an earlier text: {OPEN} 4 of 4.\nComment on an earlier text: Well said."
    )
    assert notes == (f"{OPEN}: the mark 4 was for another text, withdrawn",)


def test_marks_that_were_not_brought_in_by_us_stay_and_wait():
    """After a stock `nbgrader autograde` nobody knows which text a mark was for."""
    theirs = Held({OPEN: Mark(None, 3.0, waits=False)}, {OPEN: Remark(None, "Good.")})
    held, _ = held_after(theirs, record("ann"))
    assert held.marks[OPEN] == Mark(None, 3.0, waits=True)
    assert held.remarks[OPEN].manual == "Good."


def test_a_flag_follows_the_review_and_leaves_a_persons_flag_alone():
    flagged, _ = held_after(Held(), record("ann", review=("two answers named train",)))
    assert flagged.flagged
    cleared, _ = held_after(flagged, record("ann", key="2"))
    assert not cleared.flagged
    by_a_person, _ = held_after(replace(cleared, flagged=True), record("ann", key="3"))
    assert by_a_person.flagged


def spoilt(**fields):
    first, *others = record("ann").checks
    return replace(record("ann"), checks=(replace(first, **fields), *others))


@pytest.mark.parametrize("earned", [float("nan"), float("inf"), -1, 99])
def test_points_that_cannot_be(earned):
    with pytest.raises(ValueError, match=r"of \d points: autograde it again"):
        held_after(Held(), spoilt(earned=earned))


def test_a_record_of_another_release():
    other = CheckResult("check_other", "train", 1, 1, "passed")
    with pytest.raises(ValueError, match=r"does not fit the release \(check_other, check_train\)"):
        held_after(Held(), replace(record("ann"), checks=(*record("ann").checks[1:], other)))
