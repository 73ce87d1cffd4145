"""A sound source is read with the right roles, names, points and line numbers."""

import pytest

from course_utils.instructor.markup import Exercise, MarkupError, read
from tests.instructor import demo

CELLS = [
    # role, name, points, how its text begins
    ("text", "text_1", 0, "# Demo"),
    ("setup", "setup_1", 0, "import math"),
    ("text", "text_2", 0, "Write `double`."),
    ("exercise", "double", 0, "# exercise: double"),
    ("check", "check_double", 2, "# check: double (2 points)"),
    ("check", "check_double_of_nothing", 1, "# check: double_of_nothing (1 point)"),
    ("text", "text_3", 0, "Read this first."),  # the first cell ends with the same words
    ("experiment", "experiment_1", 0, "trial = double(21)"),
    ("text", "text_4", 0, "Why is that so?"),
    ("open", "why", 3, "Because a number"),
]
FENCE = "```{code-cell} ipython3\n"
SETUP = f"{FENCE}:tags: [setup]\n\nimport math\n\nzero = 0\n```\n"

OTHER_WAYS = {
    "blank_line_before_code": ("# exercise: double", "\n# exercise: double"),
    "no_blank_line_after_options": ("[setup]\n\n", "[setup]\n"),
    "two_options": ("[setup]\n", "[setup]\n:name: a\n"),
    "blank_line_after_long_options": ("---\ntrial", "---\n\ntrial"),
    "blank_lines_at_the_end": ("double(21)\n", "double(21)\n\n\n"),
    "four_backticks": (SETUP, f"`{SETUP.strip()}`\n"),
    "tildes": (SETUP, SETUP.replace("```", "~~~")),
    "indented_fence": (SETUP, SETUP.replace("```", "  ```")),
    "a_fence_that_is_shown": ("Write `double`.", f"````\n{FENCE}1\n```\n````"),
    "the_words_of_another_cell": ("Write `double`.", "import math\n\nzero = 0"),
}


def parsed(tmp_path, text: str = demo.SOURCE) -> Exercise:
    exercise = read(demo.write_demo(tmp_path, text))
    lines, end = text.split("\n"), 0
    for cell in exercise.cells:  # every line of a cell stands where the cell says, in order
        assert cell.line > end, cell.name
        source = cell.source.split("\n")
        end = cell.line - 1 + len(source)
        there = [line.strip() for line in lines[cell.line - 1 : end]]
        assert there == [line.strip() for line in source], cell.name
    return exercise


def test_roles_names_points_and_order(tmp_path):
    cells = parsed(tmp_path).cells
    assert [(c.role, c.name, c.points) for c in cells] == [cell[:3] for cell in CELLS]
    assert [cell.number for cell in cells] == list(range(1, len(CELLS) + 1))
    for cell, (*_, begin) in zip(cells, CELLS, strict=True):
        assert cell.source.startswith(begin)


def test_front_matter(tmp_path):
    exercise = parsed(tmp_path)
    assert exercise.course == {"assignment": "demo", "title": "Demo", "points": 6}
    assert exercise.kernelspec == {
        "display_name": "Python 3", "language": "python", "name": "python3",
    }  # fmt: skip


def test_an_error_names_file_line_and_cell(tmp_path):
    exercise = parsed(tmp_path)
    line = 1 + demo.SOURCE.split("\n").index("def double(x):")
    error = exercise.error(exercise.cells[3], "something", 1)
    assert isinstance(error, MarkupError)
    assert str(error) == f"{exercise.path}:{line}: cell 4: something"


@pytest.mark.parametrize(("old", "new"), OTHER_WAYS.values(), ids=OTHER_WAYS.keys())
def test_other_ways_to_write_it(old, new, tmp_path):
    cells = parsed(tmp_path, demo.changed(old, new)).cells
    assert [(c.role, c.name, c.points) for c in cells] == [cell[:3] for cell in CELLS]


def test_text_can_be_cut_into_cells(tmp_path):
    cut = demo.changed("Why is that so?\n", "Read this first.\n\n+++\n\nWhy is that so?\n")
    cells = parsed(tmp_path, cut).cells
    texts = [cell.source for cell in cells if cell.role == "text"]
    assert texts[-3:] == ["Read this first.", "Read this first.", "Why is that so?"]


def test_line_ends_of_another_system_change_nothing(tmp_path):
    unix = parsed(tmp_path)
    windows = read(demo.write_demo(tmp_path, demo.SOURCE.replace("\n", "\r\n")))
    assert windows == unix
