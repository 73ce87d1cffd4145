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
    assert main(["--root", str(tmp_path), "notebooks"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"course: {path}{case.place}")
    assert said.err.count("\n") == 1
    assert said.err.endswith("\n")
    assert demo.tree(tmp_path) == {f"solutions/demo/{case.file}": path.read_bytes()}


def test_the_source_that_the_cases_break_is_sound(tmp_path):
    exercise = read(demo.write_demo(tmp_path))
    assert verify(exercise) is exercise


@pytest.mark.parametrize(
    ("old", "new"),
    {
        "one hidden region more": (LAST, f"### BEGIN HIDDEN TESTS\n{LAST}\n### END HIDDEN TESTS"),
        "a name of its own in a function": (LAST, f"{LAST}\ndef own(trial):\n    return trial"),
        "torch and the course": (LAST, f"{LAST}\nimport torch.nn\nfrom course_utils import data"),
        "words like markers": ("Write `double`.", "The solution ends where the tests begin."),
        "an assigned method": (CHECK, f"{CHECK}\ndouble.attribute = 1"),
    }.values(),
)
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


@pytest.mark.parametrize(
    "code", ["class Model:\n    def apply(self, x):\n", "def apply(self, x):\n"]
)
def test_a_method_is_defined_in_its_class_or_assigned_to_it(code, tmp_path):
    """`Model_apply` stands for `Model.apply`; a lone function of another name does not."""
    tail = "" if "class" in code else "\nModel = type('Model', (), {})\nModel.apply = apply\n"
    body = "### BEGIN SOLUTION\npass\n### END SOLUTION"
    indent = "        " if "class" in code else "    "
    answer = code + "".join(f"{indent}{line}\n" for line in body.split("\n")) + tail
    text = demo.changed(
        "# exercise: double\n",
        f"# exercise: Model_apply\n{answer}```\n\n```{{code-cell}} ipython3\n"
        "# check: Model_apply (3 points)\nModel().apply(1)\n```\n\n"
        "```{code-cell} ipython3\n# exercise: double\n",
    )
    exercise = read(demo.write_demo(tmp_path, text.replace("points: 6", "points: 9")))
    assert verify(exercise) is exercise
    alone = answer.removesuffix("Model.apply = apply\n").replace("class Model", "class Other")
    demo.write_demo(tmp_path, text.replace("points: 6", "points: 9").replace(answer, alone))
    with pytest.raises(MarkupError, match="no function or method for 'Model_apply'"):
        verify(read(exercise.path))
