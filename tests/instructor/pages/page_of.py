"""A feedback page of a record."""

from typing import Any

from course_utils.instructor.pages.feedback import feedback_page
from course_utils.instructor.record import Record

QUESTIONS = {
    "train": "Exercise 1: a loop",
    "phi": "Exercise 2: features",
    "why": "Exercise 3: why?",
}


def page_of(one: Record, **fields: Any) -> str:
    plain: dict[str, Any] = {"answers": {}, "open_answers": {}, "manual": {}}
    return feedback_page(one, **({"title": "Lazy", "questions": QUESTIONS} | plain | fields))
