"""Malformed sources are refused, with file, line and cell, and nothing is written."""

import pytest

from course_utils.instructor import notebooks
from course_utils.instructor.cli import main
from course_utils.instructor.markup import MarkupError, read
from course_utils.instructor.rules import verify
from tests.instructor import demo
from tests.instructor.malformed import CASES, CHECK, LAST

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


@each_case
def test_a_malformed_source_is_refused_at_its_place(case, tmp_path):
    path = demo.write_demo(tmp_path, case.text, file=case.file)
    with pytest.raises(MarkupError) as caught:
        notebooks.generate(tmp_path)
    message = str(caught.value)
    assert message.startswith(f"{path}{case.place}")
    assert case.message in message


@each_case
def test_the_command_says_so_in_one_line_and_writes_nothing(case, tmp_path, capsys):
    path = demo.write_demo(tmp_path, case.text, file=case.file)
    before = demo.tree(tmp_path)
    assert main(["--root", str(tmp_path), "notebooks"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"course: {path}{case.place}")
    assert said.err.count("\n") == 1
    assert said.err.endswith("\n")
    assert demo.tree(tmp_path) == before


def test_the_source_that_the_cases_break_is_sound(tmp_path):
    exercise = read(demo.write_demo(tmp_path))
    assert verify(exercise) is exercise


LOOKS_WRONG = {
    "two_hidden_regions": (LAST, f"### BEGIN HIDDEN TESTS\n{LAST}\n### END HIDDEN TESTS"),
    "a_name_of_its_own": (LAST, f"{LAST}\ndef own(trial):\n    return trial"),
    "torch_and_the_course": (LAST, f"{LAST}\nimport torch.nn\nfrom course_utils import data"),
    "words_like_markers": ("Write `double`.", "The solution ends where the tests begin."),
    "an_attribute": (CHECK, f"{CHECK}\ndouble.attribute = 1"),
}


@pytest.mark.parametrize(("old", "new"), LOOKS_WRONG.values(), ids=LOOKS_WRONG.keys())
def test_what_only_looks_wrong_is_accepted(old, new, tmp_path):
    exercise = read(demo.write_demo(tmp_path, demo.changed(old, new)))
    assert verify(exercise) is exercise


def test_a_later_source_that_breaks_keeps_earlier_ones_from_being_written(tmp_path, capsys):
    demo.write_demo(tmp_path)
    other = tmp_path / "solutions" / "later" / "later.md"
    other.parent.mkdir()
    other.write_text("")
    before = demo.tree(tmp_path)
    assert main(["--root", str(tmp_path), "notebooks"]) == 2
    assert f"{other}:1: " in capsys.readouterr().err
    assert demo.tree(tmp_path) == before


IN_A_CLASS = """\
# exercise: Model_apply
class Model:
    def apply(self, x):
        ### BEGIN SOLUTION
        return x
        ### END SOLUTION
"""
ASSIGNED = """\
# exercise: Model_apply
Model = type("Model", (), {})
### BEGIN SOLUTION
def apply(self, x):
    return x
### END SOLUTION
Model.apply = apply
"""
NEXT = "```\n\n```{code-cell} ipython3\n"
CHECKED = f"{NEXT}# check: Model_apply (3 points)\nassert Model().apply(1)\n{NEXT}"


@pytest.mark.parametrize("method", [IN_A_CLASS, ASSIGNED], ids=["in_a_class", "assigned"])
def test_a_method_is_defined_in_its_class_or_assigned_to_it(method, tmp_path):
    text = demo.changed("# exercise: double\n", f"{method}{CHECKED}# exercise: double\n")
    text = text.replace("points: 6", "points: 9")
    exercise = read(demo.write_demo(tmp_path, text))
    assert verify(exercise) is exercise
    wrong = text.replace("class Model:", "class Other:").replace("Model.apply =", "Other.apply =")
    with pytest.raises(MarkupError, match=r"cell 4: defines no function .* 'Model_apply'"):
        verify(read(demo.write_demo(tmp_path, wrong)))
