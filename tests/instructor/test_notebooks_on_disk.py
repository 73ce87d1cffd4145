"""Generated notebooks as files: stale ones are found, and all are as nbgrader writes them."""

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from course_utils.instructor import notebooks
from course_utils.instructor.cli import main
from tests import bank
from tests.instructor import demo

STUDENT = "exercises/demo/demo.ipynb"
SOLUTION = "solutions/demo/demo.ipynb"


@pytest.fixture
def course(tmp_path) -> Path:
    """A small course, all of it generated."""
    demo.write_demo(tmp_path)
    assert main(["--root", str(tmp_path), "notebooks"]) == 0
    return tmp_path


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
    assert capsys.readouterr() == ("", f"{course / file}: no source generates it; move it away\n")
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
    folder = tmp_path / "solutions" / name
    assert (folder / f"{name}.md").exists()  # what must not get out, nor an editor's backups of it
    for backup in (f"{name}.md~", f".{name}.md.swp", f"{name}.md.orig", f"#{name}.md#", "draft.py"):
        (folder / backup).write_text("### BEGIN SOLUTION")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # alembic
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "generate_assignment", name, "--force"],
        cwd=tmp_path, env=os.environ | {"PATH": programs}, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ours = (bank.ROOT / "exercises" / name / f"{name}.ipynb").read_bytes()
    assert demo.tree(tmp_path / "exercises") == {f"{name}/{name}.ipynb": ours}


@pytest.mark.parametrize(
    "trace", [{"outputs": [{"output_type": "stream"}]}, {"execution_count": 3}]
)
def test_a_notebook_that_somebody_works_in_is_not_overwritten(course, capsys, trace):
    path = course / STUDENT
    notebook = json.loads(path.read_text())
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    path.write_text(json.dumps(notebook | {"cells": [code | trace]}))
    (course / SOLUTION).unlink()
    before = demo.tree(course)
    capsys.readouterr()
    assert main(["--root", str(course), "notebooks"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert f"{path}: somebody works in it: move it away" in said.err
    assert demo.tree(course) == before
