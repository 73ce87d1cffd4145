"""One bad record stops nobody."""

from dataclasses import replace

import pytest

from course_utils.instructor import gradebook
from tests.instructor.gradebook.graded import Notebooks, record
from tests.instructor.gradebook.read_back import marks


def test_the_others_go_on(course, db_url):
    good = Notebooks()

    def notebook_of(result):
        if result.student == "no file":
            raise FileNotFoundError(2, "No such file", "submitted/no file/x.ipynb")
        node = good(result)
        if result.student == "lost answer":
            node.cells = [c for c in node.cells if c.id != "train"]
        return node

    hostile = ["../up", "a/b", "a\\b", "", ".", "..", "new\nline", "nul\0", "x" * 129, "\ud800"]
    students = ["ann", *hostile, "no file", "lost answer", "late", "zed"]
    records = [
        record(student, submitted="tomorrow" if student == "late" else "2026-11-24T10:00:00Z")
        for student in students
    ]
    arguments = {"root": course, "notebook_of": notebook_of, "db_url": db_url}
    foretold = gradebook.dry_run(records, **arguments)
    changes = gradebook.write(records, **arguments)
    assert foretold == changes
    assert [change.student for change in changes] == students
    assert {c.student for c in changes if not c.problem} == {"ann", "zed"} == set(marks(db_url))
    assert all("\n" not in str(change) for change in changes)
    assert {path.name for path in (course / "autograded").iterdir()} == {"ann", "zed"}
    assert not (course.parent / "up").exists()


def test_an_unknown_assignment(course):
    unknown = replace(record("ann"), assignment="../solutions")
    for call in (gradebook.write, gradebook.dry_run):
        with pytest.raises(ValueError, match=r"assignment='\.\./solutions': choose one of lazy_tr"):
            call([unknown], root=course, notebook_of=Notebooks())
    assert not (course / "gradebook.db").exists()
