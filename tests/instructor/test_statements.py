"""What stands around each exercise is there, and what it says of points, hints and book is true."""

import re

import pytest

from tests import bank
from tests.audit.statement import statements

COURSE = sorted(bank.EXERCISES)
HEADINGS = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


def sections() -> dict[str, set[str]]:
    """Titles of the sections by the title of their chapter."""
    found = {}
    for path in (bank.ROOT / "book").glob("*.md"):
        (_, title), *rest = HEADINGS.findall(path.read_text(encoding="utf-8")) or [("", "")]
        found[title] = {text for _, text in rest}
    return found


@pytest.mark.parametrize("name", COURSE)
def test_each_exercise_says_what_it_is_for(name):
    exercise = bank.load(name)
    own = bank.ROOT / f"{exercise.course['chapter']}.md"
    title = HEADINGS.search(own.read_text(encoding="utf-8"))[2]
    found = statements(exercise)
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert sum(one.points for one in found) == 20
    for one in found:
        assert one.points == sum(cell.points for cell in one.cells), one.title
        assert one.sections, f"{one.title}: give the section in “ ”"
        for section, chapter in one.sections:
            assert section in sections()[chapter or title], f"{one.title}: no such section"
    important = {one.importance for one in found}
    assert len(important) > 1, "if all are equally important, the number says nothing"


@pytest.mark.parametrize("name", COURSE)
def test_each_answer_has_hints_in_steps_and_something_to_try(name):
    for one in statements(bank.load(name)):
        if any(cell.role == "exercise" for cell in one.cells):
            assert len(one.hints) >= 2, f"{one.title}: a hint where to look, one how to go"
            assert one.next, f"{one.title}: say what to try next"


SOUND = """\
## Exercise 1: a loop (5 points, about 25 minutes, difficulty 2 of 3)

*Importance 3 of 3*: all else stands
on it. *Taught in*: “Descent”, and “The update” of *Linear networks*.

<details><summary>Hint 1</summary>

Look there.

</details>
"""


def written(tmp_path, text):
    path = tmp_path / "toy" / "toy.md"
    path.parent.mkdir()
    kernel = "kernelspec: {name: python3, display_name: Python 3, language: python}"
    path.write_text(f"---\n{kernel}\ncourse: {{assignment: toy}}\n---\n\n{text}")
    return bank.read(path)


def test_it_reads_what_is_written(tmp_path):
    (one,) = statements(written(tmp_path, SOUND))
    assert (one.points, one.minutes, one.difficulty, one.importance) == (5, 25, 2, 3)
    assert one.sections == (("Descent", ""), ("The update", "Linear networks"))
    assert one.reason == "all else stands on it."
    assert one.hints == ("Look there.",)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        (", difficulty 2 of 3", "", "difficulty N of 3"),
        ("*Importance 3 of 3*", "Importance", "write once"),
        ("Hint 1", "Hint 2", "number its hints"),
    ],
)
def test_what_is_missing_is_named(tmp_path, before, after, says):
    with pytest.raises(ValueError, match=says):
        statements(written(tmp_path, SOUND.replace(before, after)))
