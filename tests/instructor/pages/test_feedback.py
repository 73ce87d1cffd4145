"""Feedback pages: what students read, what they must not, and hostile text everywhere."""

import base64
import hashlib
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.pages import feedback_sections, safe_html
from course_utils.instructor.pages.feedback import feedback_page
from course_utils.instructor.pages.student_work import Mark
from course_utils.instructor.record import OpenAnswer, Record
from tests.instructor.pages.made import SECRET, check, failed, hostile, record
from tests.instructor.pages.page_of import page_of
from tests.instructor.pages.reading import faults, text_of


def test_points_are_shown_per_question_and_in_all() -> None:
    one = record(
        check("phi", points=4, earned=4), check(points=3, earned=3),
        failed(name="check_train_more", points=2, public="train: the step goes uphill."),
    )  # fmt: skip
    text = text_of(page_of(one))
    assert "7 of 13 points so far" in text
    assert text.index("Exercise 1: a loop 3 of 5") < text.index("Exercise 2: features 4 of 4")
    assert "not right yet check_train_more 0 of 2 train: the step goes uphill." in text
    assert "Not marked yet: Exercise 3: why? ." in text


def test_a_marker_replaces_points_and_comments() -> None:
    manual = {
        "why": Mark(2.5, "Say **which** grew."), "check_train": Mark(1),
        "train": Mark(None, "Nearly."),
    }  # fmt: skip
    page = page_of(record(failed()), manual=manual)
    text = text_of(page)
    assert "3.5 of 7 points Question" in text
    assert "<strong>which</strong>" in page
    assert text.index("Nearly.") < text.index("Exercise 3: why? 2.5 of 4 points")


@pytest.mark.parametrize(
    ("late", "penalty", "total", "said"),
    [
        ("late by 2:00:00", 0.5, "2.5 of 7 points", "Handed in late by 2:00:00: 0.5 points are"),
        ("late by 1 day, 0:00:00", 9.0, "0 of 7 points", "9 points are taken off."),
        ("late by 2:00:00", 0.0, "3 of 7 points", "2:00:00: no points are taken off."),
        ("", 1.0, "2 of 7 points", "Handed in late: 1 point is taken off."),
    ],
)
def test_what_lateness_costs_is_shown(late: str, penalty: float, total: str, said: str) -> None:
    text = text_of(page_of(record(check()), late=late, penalty=penalty))
    assert total in text
    assert said in text
    assert "taken off" not in text_of(page_of(record(check())))


def test_an_open_answer_that_was_left_scores_zero() -> None:
    one = record(check(), open_answers=(OpenAnswer("why", 4, False),))
    text = text_of(page_of(one, open_answers={"why": "YOUR ANSWER HERE"}))
    assert "3 of 7 points Question" in text
    assert "The answer was left as it was." in text
    assert "YOUR ANSWER HERE" not in text


def test_nothing_for_staff_reaches_a_student() -> None:
    one = record(
        failed(values=SECRET, hidden=True, public="train: wrong values."),
        check("phi", values=SECRET, public=SECRET),  # it passed: whatever it holds stays here
        review=(SECRET,),
    )
    page = page_of(one)
    assert SECRET not in page
    assert "A person still has to look at this submission." in text_of(page)
    assert "a test that is not shown" in text_of(page)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("in /srv/course/tests/x.py: no", "in (path): no"),
        ("No such file: '/home/ada b/my course/x'", "No such file: (path)"),
        (r"in C:\Users\ada\x.py", "in (path)"),
        ("file:///srv/course/x and ~/course/x", "(path) and (path)"),
        ("bad: Traceback (most recent call last):\n  x = 3", "bad:"),
        ("bad\nTraceback (most recent call last):\n  x = 3", "bad"),
        ('bad\n  File "/srv/x.py", line 3, in f\n    x = 3', "bad"),
        ("dL/dw is df/dx, 1/2/3, and/or", "dL/dw is df/dx, 1/2/3, and/or"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
    ],
)
def test_messages_lose_paths_and_tracebacks(said: str, shown: str) -> None:
    assert safe_html.message(said) == shown
    assert shown.split("\n")[0] in text_of(page_of(record(failed(public=said))))


@pytest.mark.parametrize(("sandboxed", "said"), [(True, False), (False, True)])
def test_a_page_says_that_there_was_no_sandbox(sandboxed: bool, said: bool) -> None:
    page = page_of(record(check(), sandboxed=sandboxed))
    assert ("run without a sandbox" in text_of(page)) == said


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
@given(st.data())
@settings(max_examples=80, deadline=None)
def test_hostile_text_in_every_field_is_only_text(data: st.DataObject) -> None:
    def draw() -> str:
        return data.draw(hostile())

    status = data.draw(st.sampled_from(list(feedback_sections.STATUS)))
    one = Record(
        draw(), draw(), SECRET, draw(), (
            failed(draw(), name=draw() or "x", public=draw(), values=SECRET, status=status),
            check(draw(), name=draw() or "y", hidden=True),
        ), (OpenAnswer(draw(), 4, True),), record().usage, (SECRET,), (SECRET,), False,
    )  # fmt: skip
    names = [check.answer for check in one.checks] + [one.open_answers[0].name]
    page = feedback_page(
        one,
        title=draw(),
        questions={name: draw() for name in data.draw(st.permutations(names))},
        answers={name: draw() for name in names},
        open_answers={name: draw() for name in names},
        manual={name: Mark(1.0, draw()) for name in names},
    )
    assert faults(page) == []
    assert SECRET not in page
    page.encode()


def test_the_reader_of_pages_finds_faults() -> None:
    page = page_of(record(check()))
    assert faults(page) == []
    for bad in (
        "<script></script>", "<p onclick=x>", "<img src='//x.ex/y'>", "<a href='javascript:x'>",
        "<p style='x'>", "<!-- x -->", "<svg></svg>", "\u202e", "<style></style>",
    ):  # fmt: skip
        assert faults(page.replace("<main>", f"<main>{bad}", 1)), bad


def test_the_policy_allows_this_style_and_no_script() -> None:
    page = page_of(record(check()))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert policy
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    rules = dict(rule.strip().split(" ", 1) for rule in policy[1].replace("&#39;", "'").split(";"))
    assert rules == {
        "default-src": "'none'", "style-src": f"'sha256-{digest}'", "img-src": "data:",
        "base-uri": "'none'", "form-action": "'none'",
    }  # fmt: skip
