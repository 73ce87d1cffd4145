"""Numbers of a class, against what can be counted by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_utils.instructor.pages.item_analysis import FEWEST, SHARED, analyse, question_figures
from course_utils.instructor.record import OpenAnswer, Usage
from tests.instructor.pages.made import check, failed, record

MARKS = st.lists(st.tuples(*[st.integers(0, 5)] * 3), min_size=FEWEST, max_size=40)


def rows(marks: list[tuple[int, ...]]) -> list[dict[str, tuple[int, int]]]:
    return [{name: (m, 5) for name, m in zip("abc", one, strict=True)} for one in marks]


@given(MARKS)
def test_difficulty_and_discrimination_by_their_definitions(marks: list[tuple[int, ...]]) -> None:
    table = np.array(marks, dtype=float)
    for column, name in enumerate("abc"):
        figures = question_figures(name, rows(marks))
        mine = table[:, column]
        rest = table.sum(axis=1) - mine
        assert figures.points == 5
        assert figures.difficulty == pytest.approx(1 - mine.mean() / 5)
        if len(set(mine)) == 1 or len(set(rest)) == 1:
            assert figures.discrimination is None
            assert "all earned the same" in figures.undefined
        else:
            deviations = (mine - mine.mean()) @ (rest - rest.mean())
            norms = np.linalg.norm(mine - mine.mean()) * np.linalg.norm(rest - rest.mean())
            assert figures.discrimination == pytest.approx(deviations / norms)


def test_a_question_that_tells_strong_from_weak() -> None:
    marks = [(i // 2, i // 2, 5 - i // 2) for i in range(FEWEST)]
    assert question_figures("a", [one | {"c": (0, 5)} for one in rows(marks)]).discrimination == 1
    against = question_figures("c", rows(marks)).discrimination
    assert against == pytest.approx(-1)


def test_few_submissions_have_no_discrimination() -> None:
    marks = [(i % 3, i % 2, 0) for i in range(FEWEST - 1)]
    assert question_figures("a", rows(marks)).undefined == f"fewer than {FEWEST} submissions"
    assert question_figures("a", rows([*marks, (5, 5, 5)])).undefined == ""


def test_a_single_question_has_no_rest() -> None:
    alone = [{"a": (i % 3, 5)} for i in range(FEWEST)]
    assert question_figures("a", alone).undefined == "all earned the same in the rest"


def test_a_class_is_counted() -> None:
    records = [
        record(check(), check("phi", points=4, earned=4)),
        record(failed(), failed("phi", points=4, status="timeout"), sandboxed=False),
        record(failed(), failed("phi", points=4, status="died"), review=("twice",), student="bob",
               open_answers=(OpenAnswer("why", 4, False),), usage=Usage(0.5, 1, 7, restarts=2)),
    ]  # fmt: skip
    figures = analyse(iter(records))
    assert figures.points == 7
    assert figures.earned.tolist() == [7, 0, 0]
    assert figures.cpu.tolist() == [1.5, 1.5, 0.5]
    train, phi = figures.checks
    assert (train.submissions, train.passed, train.count(["failed"])) == (3, 1, 2)
    assert phi.count(["timeout", "died"]) == 2
    assert (figures.to_mark, figures.unsandboxed, figures.restarts) == (2, 1, 2)
    assert figures.peak == 10**8
    assert figures.review == (("bob", ("twice",)),)
    assert not figures.uneven


def test_checks_of_one_answer_are_one_question() -> None:
    one = record(check(), failed(name="check_train_more", points=2))
    assert [(q.name, q.points, q.difficulty) for q in analyse([one]).questions] == [
        ("train", 5, pytest.approx(2 / 5))
    ]


def test_messages_of_few_stay_with_them() -> None:
    """A message may quote an answer, or a name: the class sees what several were told."""
    shared = [record(failed(public="train: uphill, see /srv/x/y")) for _ in range(SHARED)]
    own = [record(failed(public="ada is here")) for _ in range(SHARED - 1)]
    raised = [record(failed(status="error", public="bob was here")) for _ in range(SHARED)]
    assert analyse([*shared, *own, *raised]).checks[0].messages == (
        ("train: uphill, see (path)", SHARED),
    )


def test_records_of_several_releases_are_noticed() -> None:
    assert analyse([record(check()), record(check(points=2))]).uneven


def test_an_empty_class() -> None:
    figures = analyse([])
    assert (figures.points, figures.earned.size, figures.checks, figures.questions) == (
        0,
        0,
        (),
        (),
    )


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_named(bad: float) -> None:
    spoilt = record(check(), usage=Usage(bad, 1, 1), student="eve")
    with pytest.raises(ValueError, match="record of 'eve' holds a number that is not finite"):
        analyse([spoilt])
    with pytest.raises(ValueError, match="'eve'"):
        analyse([record(check(earned=bad), student="eve")])


def test_two_assignments_are_refused() -> None:
    other = replace(record(check()), assignment="flow")
    with pytest.raises(ValueError, match=r"several assignments, \['flow', 'lazy'\]"):
        analyse([record(check()), other])
