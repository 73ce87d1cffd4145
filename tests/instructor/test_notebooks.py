"""Generated notebooks: the same bytes from the same source, valid, and without answers."""

from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from course_utils.instructor import notebooks
from course_utils.instructor.markup import Exercise, read
from course_utils.instructor.rules import GENERATED
from tests import bank
from tests.instructor import demo, regions


@dataclass(frozen=True)
class Set:
    """A source and what is generated from it."""

    exercise: Exercise
    solution: nbformat.NotebookNode
    student: nbformat.NotebookNode

    @property
    def both(self) -> tuple[nbformat.NotebookNode, nbformat.NotebookNode]:
        return self.solution, self.student


@pytest.fixture(scope="module", params=["demo", *bank.EXERCISES])
def made(request, tmp_path_factory) -> Set:
    root = bank.ROOT
    if request.param == "demo":
        root = tmp_path_factory.mktemp("course")
        demo.write_demo(root)
    texts = {file.path: file.text for file in notebooks.generate(root)}
    name = Path(request.param, f"{request.param}.ipynb")
    solution, student = texts[root / "solutions" / name], texts[root / "exercises" / name]
    return Set(
        read((root / "solutions" / name).with_suffix(".md")),
        nbformat.reads(solution, as_version=nbformat.NO_CONVERT),
        nbformat.reads(student, as_version=nbformat.NO_CONVERT),
    )


def test_the_same_source_gives_the_same_bytes(tmp_path):
    texts = []
    for folder in ("one", "one", "another"):
        demo.write_demo(tmp_path / folder)
        texts.append([file.text for file in notebooks.generate(tmp_path / folder)])
    assert len(texts[0]) == 2
    assert texts[0] == texts[1] == texts[2]


def test_a_source_without_code_is_generated_too(tmp_path):
    front, question = demo.SOURCE.split("# Demo")[0], demo.SOURCE[demo.SOURCE.index("+++") :]
    demo.write_demo(tmp_path, front.replace("points: 6", "points: 3") + "# Demo\n\n" + question)
    for file in notebooks.generate(tmp_path):
        cells = nbformat.reads(file.text, as_version=4).cells
        assert sorted(cell.id for cell in cells) == [
            "before_submission",
            "install",
            "text_1",
            "why",
        ]


def test_another_source_gives_other_bytes(tmp_path):
    demo.write_demo(tmp_path / "one")
    demo.write_demo(tmp_path / "two", demo.changed("Write `double`", "Please write `double`"))
    one, two = (notebooks.generate(tmp_path / folder) for folder in ("one", "two"))
    assert [a.text == b.text for a, b in zip(one, two, strict=True)] == [False, False]


def test_every_cell_has_an_id_that_survives_colab(made):
    for notebook in made.both:
        ids = [cell.id for cell in notebook.cells]
        assert [i for i in ids if i not in GENERATED] == [c.name for c in made.exercise.cells]
        assert len(set(ids)) == len(ids)
        assert [cell.metadata.id for cell in notebook.cells] == ids


def test_notebooks_are_valid_and_without_outputs(made):
    for notebook in made.both:
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor >= 5) == (4, True)
        MetadataValidator().validate_nb(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert code
        assert [cell.outputs for cell in code] == [[]] * len(code)
        assert {cell.execution_count for cell in code} == {None}
        answers = {"code": named(made, "exercise"), "open": named(made, "open")}
        assert notebook.metadata.course == made.exercise.course | {"answers": answers}


def test_cells_are_graded_as_the_source_says(made):
    for notebook in made.both:
        points = 0
        for cell, node in zip(made.exercise.cells, written(notebook), strict=True):
            grader = node.metadata.get("nbgrader", {})
            assert grader.get("solution", False) == (cell.role in ("exercise", "open"))
            assert grader.get("locked", False) == (cell.role in ("check", "setup"))
            assert grader.get("points", 0) == cell.points
            assert grader.get("grade", False) == (cell.points > 0)
            assert grader.get("grade_id", cell.name) == cell.name
            points += grader.get("points", 0)
        assert points == made.exercise.course["points"]


def test_the_first_code_is_the_set_up_that_installs_the_package(made):
    for notebook in made.both:
        first = next(cell for cell in notebook.cells if cell.cell_type == "code")
        assert (first.id, first.metadata.tags, first.metadata.nbgrader.locked) == (
            "install", ["setup"], True,
        )  # fmt: skip
        assert first.metadata.nbgrader.grade is False
        exec(compile(first.source, "install", "exec"), {})  # the package is there: does nothing


def test_the_last_cell_looks_at_the_notebook_and_does_no_harm_where_none_is(made):
    for notebook in made.both:
        last = notebook.cells[-1]
        assert (last.id, last.metadata.nbgrader.locked) == ("before_submission", True)
        assert last.metadata.nbgrader.grade is False
        exec(compile(last.source, "last", "exec"), {})


def test_answer_cells_begin_with_their_name(made):
    for notebook in made.both:
        for cell in notebook.cells:
            grader = cell.metadata.get("nbgrader", {})
            if grader.get("solution") and cell.cell_type == "code":
                assert cell.source.startswith(f"# exercise: {grader.grade_id}\n")


def test_students_get_the_released_lines_and_no_others(made):
    for cell, solution, student in zip(
        made.exercise.cells, written(made.solution), written(made.student), strict=True
    ):
        assert solution.source == cell.source
        assert student.source == "\n".join(regions.split(cell)[0])
    secrets = regions.secrets(made.exercise)
    assert secrets <= squeezed_lines(made.solution)
    assert len(secrets) >= 4  # of the solution, the hidden test and the model answer
    assert not secrets & squeezed_lines(made.student)


def written(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The cells that the source holds: all but the generated ones."""
    return [cell for cell in notebook.cells if cell.id not in GENERATED]


def named(made, role: str) -> list[str]:
    return [cell.name for cell in made.exercise.cells if cell.role == role]


def squeezed_lines(notebook: nbformat.NotebookNode) -> set[str]:
    """All lines of all texts in a notebook, in its metadata too, but for the generated cells."""
    texts = regions.strings(notebook | {"cells": written(notebook)})
    return {regions.squeezed(line) for text in texts for line in text.split("\n")}
