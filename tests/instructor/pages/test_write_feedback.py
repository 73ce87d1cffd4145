"""Pages lie where nbgrader looks, and one that breaks breaks alone."""

import errno
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest

from course_utils.instructor.pages import feedback, student_work
from course_utils.instructor.pages.feedback import Page, write_feedback
from course_utils.instructor.pages.safe_markdown import markdown
from course_utils.instructor.pages.student_work import Mark, Work
from course_utils.instructor.record import Record
from tests.bank import ROOT
from tests.instructor.pages.made import PICTURE, check, failed, record
from tests.instructor.pages.page_of import QUESTIONS


def work(one: Record) -> Work:
    return Work({"train": "x = 1"}, {"why": "because"}, {})


def write(root: Path, *records: Record, beside: Any = work) -> list[Page]:
    return list(
        write_feedback(root, "lazy", records, title="Lazy", questions=QUESTIONS, work=beside)
    )


def test_pages_lie_where_nbgrader_looks(tmp_path: Path) -> None:
    names = ["ada", "José N [x] *", "\u200fö\N{HEBREW LETTER ALEF}\u00a0"]
    pages = write(tmp_path, *(record(check(), student=name) for name in names))
    paths = [tmp_path / "feedback" / name / "lazy" / "lazy.html" for name in names]
    assert pages == [Page(*pair) for pair in zip(names, paths, strict=True)]
    assert all("because" in path.read_text("utf-8") for path in paths)


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_page_that_breaks_breaks_alone(tmp_path: Path) -> None:
    def beside(one: Record) -> Work:
        if one.student == "bob":
            raise RecursionError("too deep\nin there")
        return Work(manual={"why": Mark(float("nan"))} if one.student == "cyd" else {})

    names = ["ada", "bob", "cyd", "../eve", "a\x00", "x" * 300, "fay"]
    pages = write(tmp_path, *(record(check(), student=name) for name in names), beside=beside)
    assert [page.student for page in pages if page.path] == ["ada", "fay"]
    problems = {page.student: page.problem for page in pages if not page.path}
    assert problems["bob"] == "RecursionError: too deep in there"
    assert "why: nan points" in problems["cyd"]
    assert "'../eve': no name for a folder" in problems["../eve"]
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["lazy.html"] * 2


def test_a_full_disk_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(feedback, "write_whole", full)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path, record(check()))


def test_a_record_of_another_assignment_is_named(tmp_path: Path) -> None:
    pages = list(
        write_feedback(tmp_path, "flow", [record(check())], title="", questions={}, work=work)
    )
    assert "a record of 'lazy', not of 'flow'" in pages[0].problem


@pytest.mark.fault("What goes out", "held", of="a page that breaks")
def test_a_page_that_breaks_leaves_the_old_one(tmp_path: Path) -> None:
    path = write(tmp_path, record(check()))[0].path
    assert path is not None
    before = path.read_bytes()
    assert write(tmp_path, record(failed(points=float("inf"), earned=float("inf"))))[0].path is None
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("exercises/*/*.ipynb")), ids=lambda path: path.stem
)
def test_headings_and_answers_of_a_real_release(path: Path) -> None:
    release = nbformat.read(path, as_version=4)
    found = student_work.headings(release)
    answers = student_work.work_in(release, {})
    assert set(found) == set(answers.answers) | set(answers.open_answers)
    assert len(answers.open_answers) == 1
    assert all(re.fullmatch(r"Exercise \d: [^()]+", heading) for heading in found.values())


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
def test_attachments_are_put_into_the_text() -> None:
    cell = nbformat.v4.new_markdown_cell("![a](attachment:a%20b.png) ![c](attachment:c.svg)")
    cell.metadata.nbgrader = {"solution": True, "grade_id": "why"}
    cell.attachments = {
        "a b.png": {"image/png": PICTURE.split(",")[1]}, "c.svg": {"image/svg+xml": "<svg>"}
    }  # fmt: skip
    notebook = nbformat.v4.new_notebook(cells=[cell])
    html = markdown(student_work.work_in(notebook, {}).open_answers["why"])
    assert f'src="{PICTURE}"' in html
    assert "(picture left out: c)" in html
