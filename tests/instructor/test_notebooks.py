"""Generated notebooks: the same bytes from the same source, valid, and without answers."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from course_utils.instructor import notebooks
from course_utils.instructor.cli import main
from course_utils.instructor.markup import Exercise, read
from tests import bank
from tests.instructor import demo, regions

STUDENT = "exercises/demo/demo.ipynb"
SOLUTION = "solutions/demo/demo.ipynb"


@dataclass(frozen=True)
class Set:
    """A source and what is generated from it."""

    exercise: Exercise
    solution: nbformat.NotebookNode
    student: nbformat.NotebookNode
    student_text: str

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
        student,
    )


@pytest.fixture
def course(tmp_path) -> Path:
    """A small course, all of it generated."""
    demo.write_demo(tmp_path)
    assert main(["--root", str(tmp_path), "notebooks"]) == 0
    return tmp_path


def test_the_same_source_gives_the_same_bytes(tmp_path):
    texts = []
    for folder in ("one", "one", "another"):
        demo.write_demo(tmp_path / folder)
        texts.append([file.text for file in notebooks.generate(tmp_path / folder)])
    assert len(texts[0]) == 2
    assert texts[0] == texts[1] == texts[2]


def test_another_source_gives_other_bytes(tmp_path):
    demo.write_demo(tmp_path / "one")
    demo.write_demo(tmp_path / "two", demo.changed("Write `double`", "Please write `double`"))
    one, two = (notebooks.generate(tmp_path / folder) for folder in ("one", "two"))
    assert [a.text == b.text for a, b in zip(one, two, strict=True)] == [False, False]


def test_every_cell_has_an_id_that_survives_colab(made):
    for notebook in made.both:
        ids = [cell.id for cell in notebook.cells]
        assert ids == [cell.name for cell in made.exercise.cells]
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
        assert notebook.metadata.course == made.exercise.course


def test_cells_are_graded_as_the_source_says(made):
    for notebook in made.both:
        points = 0
        for cell, node in zip(made.exercise.cells, notebook.cells, strict=True):
            grader = node.metadata.get("nbgrader", {})
            assert grader.get("solution", False) == (cell.role in ("exercise", "open"))
            assert grader.get("locked", False) == (cell.role in ("check", "setup"))
            assert grader.get("points", 0) == cell.points
            assert grader.get("grade", False) == (cell.points > 0)
            assert grader.get("grade_id", cell.name) == cell.name
            points += grader.get("points", 0)
        assert points == made.exercise.course["points"]


def test_answer_cells_begin_with_their_name(made):
    for notebook in made.both:
        for cell in notebook.cells:
            grader = cell.metadata.get("nbgrader", {})
            if grader.get("solution") and cell.cell_type == "code":
                assert cell.source.startswith(f"# exercise: {grader.grade_id}\n")


def test_students_get_the_released_lines_and_no_others(made):
    for cell, solution, student in zip(
        made.exercise.cells, made.solution.cells, made.student.cells, strict=True
    ):
        assert solution.source == cell.source
        assert student.source == "\n".join(regions.split(cell)[0])
    secrets = regions.secrets(made.exercise)
    assert len(secrets) >= 4  # of the solution, the hidden test and the model answer
    lines = {regions.squeezed(line) for line in made.student_text.replace("\\n", "\n").split("\n")}
    strings = {line.strip('",') for line in lines}
    assert not secrets & (lines | strings)


def test_generated_notebooks_in_the_course_are_not_stale():
    files = notebooks.generate(bank.ROOT)
    assert len(files) == 2 * len(bank.EXERCISES) > 0
    assert [file.path for file in files if file.is_stale()] == []
    assert notebooks.orphans(bank.ROOT, files) == []


def test_what_is_fresh_is_not_written_again(course, capsys):
    before = {path: path.stat().st_mtime_ns for path in course.rglob("*.ipynb")}
    capsys.readouterr()
    assert main(["--root", str(course), "notebooks"]) == 0
    assert main(["--root", str(course), "notebooks", "--check"]) == 0
    assert capsys.readouterr() == ("", "")
    assert {path: path.stat().st_mtime_ns for path in course.rglob("*.ipynb")} == before


DAMAGE = {
    "edited": lambda path: path.write_text(path.read_text().replace("Write", "Rewrite")),
    "other_line_ends": lambda path: path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n")),
    "not_utf_8": lambda path: path.write_bytes(path.read_bytes() + b"\xe9"),
    "empty": lambda path: path.write_bytes(b""),
    "missing": Path.unlink,
    "folder_missing": lambda path: shutil.rmtree(path.parent) if "exercises" in str(path)
    else path.unlink(),
}  # fmt: skip


@pytest.mark.parametrize("file", [STUDENT, SOLUTION])
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE.keys())
def test_check_finds_what_is_stale_and_the_command_mends_it(damage, file, course, capsys):
    sound = demo.tree(course)
    damage(course / file)
    damaged = demo.tree(course)
    assert damaged != sound
    capsys.readouterr()
    assert main(["--root", str(course), "notebooks", "--check"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{course / file}: ")
    assert said.err.endswith("mend it: course notebooks\n")
    assert said.err.count("\n") == 1
    assert demo.tree(course) == damaged
    assert main(["--root", str(course), "notebooks"]) == 0
    assert capsys.readouterr().out == f"wrote {course / file}\n"
    assert demo.tree(course) == sound


@pytest.mark.parametrize("option", [["--check"], []])
@pytest.mark.parametrize("file", ["exercises/gone/gone.ipynb", "solutions/demo/draft.ipynb"])
def test_a_notebook_without_source_is_found_and_left_alone(file, option, course, capsys):
    (course / file).parent.mkdir(exist_ok=True)
    shutil.copy(course / STUDENT, course / file)
    before = demo.tree(course)
    capsys.readouterr()
    assert main(["--root", str(course), "notebooks", *option]) == 1
    assert capsys.readouterr() == ("", f"{course / file}: no source generates it; delete it\n")
    assert demo.tree(course) == before


@contextmanager
def full_disk(monkeypatch) -> Iterator[None]:
    """No file grows beyond 100 bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextmanager
def no_replacing(monkeypatch) -> Iterator[None]:
    def refuse(*_):
        raise OSError("no replacing today")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", refuse)
        yield


@pytest.mark.parametrize("trouble", [full_disk, no_replacing])
def test_a_file_is_written_whole_or_not_at_all(trouble, course, capsys, monkeypatch):
    (course / STUDENT).write_text("the old one")
    before = demo.tree(course)
    capsys.readouterr()
    with trouble(monkeypatch):
        assert main(["--root", str(course), "notebooks"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("course: ")
    assert said.err.count("\n") == 1
    assert demo.tree(course) == before


@pytest.mark.parametrize("name", bank.EXERCISES)
def test_nbgrader_itself_releases_the_very_same_files(name, tmp_path):
    shutil.copytree(bank.ROOT / "solutions", tmp_path / "solutions")
    shutil.copy(bank.ROOT / "nbgrader_config.py", tmp_path)
    assert (tmp_path / "solutions" / name / f"{name}.md").exists()  # what must not get out
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # alembic
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--force"],
        cwd=tmp_path, env=os.environ | {"PATH": programs}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours = (bank.ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()
    assert demo.tree(tmp_path / "exercises") == {f"{name}/{name}.ipynb": ours}
