"""Late submissions: by nbgrader's due dates, extensions and plugins, on a real gradebook."""

import csv
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.preprocessors import AssignLatePenalties

from course_utils.instructor import classroom, cli, gradebook
from course_utils.instructor.gradebook import lateness
from course_utils.instructor.gradebook.export import export
from course_utils.instructor.record import Record, save
from tests.instructor.gradebook import graded
from tests.instructor.gradebook.graded import ANSWERS, NAME, OPEN, Notebooks, record
from tests.instructor.pages.reading import text_of

# Records are of 10:30 UTC: `late` two hours after the due date, the others an hour before it.
DUE = datetime(2026, 11, 24, 11, 30)
LATE = "2026-11-24T14:30:00+01:00"
PLUGIN = """
from nbgrader.plugins import BasePlugin

class Hourly(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {points} * total_seconds_late / 3600

c = get_config()
c.AssignLatePenalties.plugin_class = Hourly
"""


@pytest.fixture
def course(tmp_path) -> Path:
    graded.make_course(tmp_path)
    gradebook.write([], root=tmp_path, notebook_of=Notebooks())
    bring(tmp_path)
    with book(tmp_path) as opened:
        opened.update_or_create_assignment(NAME, duedate=str(DUE))
    return tmp_path


def bring(root: Path, *more: Record) -> list[str]:
    """What moves; a dry run has foretold the same, and written nothing."""
    records = [record("in time"), record("late", submitted=LATE), *more]
    before = penalty(root)
    plan = gradebook.dry_run(records, root=root, notebook_of=Notebooks())
    assert penalty(root) == before
    done = gradebook.write(records, root=root, notebook_of=Notebooks())
    assert done == plan
    return [str(change) for change in done]


def book(root: Path) -> Gradebook:
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}")


def penalty(root: Path, student: str = "late") -> float | None:
    with book(root) as opened:
        try:
            return opened.find_submission_notebook(NAME, NAME, student).late_submission_penalty
        except MissingEntry:
            return None


def test_without_a_method_nobody_loses_points_and_all_is_told(course, capsys):
    """nbgrader's default, with the course's own settings."""
    (course / "solutions").mkdir(exist_ok=True)
    assert bring(course) == []
    assert penalty(course) is None
    assert cli.main(["--root", str(course), "review", NAME]) == 0
    assert capsys.readouterr().out == "'late': late by 2:00:00\n"
    export(course, NAME, to=course / "out.csv")
    with (course / "out.csv").open(newline="") as file:
        late = {row["student_id"]: row["late_seconds"] for row in csv.DictReader(file)}
    assert late == {"in time": "0", "late": "7200"}


def test_nbgraders_zero_follows_marks_by_hand(course):
    """What a person gives later is taken too; nbgrader itself forgets that."""
    settings = course / "nbgrader_config.py"
    settings.write_text("c = get_config()\nc.LateSubmissionPlugin.penalty_method = 'zero'\n")
    assert bring(course) == ["late: 16 -> 0 (late by 2:00:00: penalty 0 -> 16)"]
    with book(course) as opened:
        grade = opened.find_grade(OPEN, NAME, NAME, "late")
        grade.manual_score, grade.needs_manual_grade = 3, False
        opened.db.commit()
    assert bring(course) == ["late: 3 -> 0 (late by 2:00:00: penalty 16 -> 19)"]
    assert bring(course) == []
    assert (penalty(course), penalty(course, "in time")) == (19, None)
    with book(course) as opened:
        assert opened.find_grade(OPEN, NAME, NAME, "late").manual_score == 3
    assert lateness.lines(course, NAME) == ["'late': late by 2:00:00, 19 points off"]


def test_a_new_submission_that_is_late_and_one_with_other_marks(course):
    (course / "nbgrader_config.py").write_text(PLUGIN.format(points=10))
    new = record("new", submitted=LATE, lost=["check_train"])
    assert bring(course, new) == [
        "new: new -> 13",
        "late: 16 -> 0 (late by 2:00:00: penalty 0 -> 16)",
        "new: 13 -> 0 (late by 2:00:00: penalty 0 -> 13)",
    ]
    again = record("new", submitted=LATE, lost=["check_train"], missing=[ANSWERS[0]], key="2")
    (moved, late) = bring(course, again)
    assert moved.startswith("new: 13 -> ")
    assert late.startswith("new: 0 -> 0 (late by 2:00:00: penalty 13 -> ")


def test_an_extension_or_another_due_date_takes_the_penalty_back(course):
    (course / "nbgrader_config.py").write_text(PLUGIN.format(points=1))
    assert bring(course) == ["late: 16 -> 14 (late by 2:00:00: penalty 0 -> 2)"]
    with book(course) as opened:
        opened.grant_extension(NAME, "late", hours=1)
    assert bring(course) == ["late: 14 -> 15 (late by 1:00:00: penalty 2 -> 1)"]
    with book(course) as opened:
        opened.update_or_create_assignment(NAME, duedate=str(DUE + timedelta(days=1)))
    assert bring(course) == ["late: 15 -> 16 (in time)"]
    assert penalty(course) is None


@pytest.mark.parametrize(("points", "kept"), [(100, 16), (-1, 0), (0.5, 1)])
def test_a_penalty_stays_within_the_score_as_nbgraders(course, points, kept):
    """The same as nbgrader's own step gives for the same submission."""
    (course / "nbgrader_config.py").write_text(PLUGIN.format(points=points))
    bring(course)
    assert penalty(course) == kept
    with book(course) as opened:
        submission = opened.find_submission(NAME, "late")
        notebook = opened.find_submission_notebook(NAME, NAME, "late")
        said = points * submission.total_seconds_late / 3600
        assert AssignLatePenalties()._check_late_penalty(notebook, said) == kept


def test_a_plugin_that_makes_no_sense_is_named(course):
    (course / "nbgrader_config.py").write_text(PLUGIN.format(points="float('nan')"))
    with pytest.raises(ValueError, match="Hourly: a penalty of nan for 'late': let it return"):
        bring(course)
    assert penalty(course) is None


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (PLUGIN.format(points="1 / 0"), "ZeroDivisionError: division by zero: mend it there"),
        ("c = get_config(\n", "SyntaxError: '(' was never closed"),
        ("c = get_config()\nc.AssignLatePenalties.plugin_class = 'no.such.plugin'\n", "no.such"),
    ],
)
def test_settings_or_a_plugin_that_fail_are_one_line(settings, said, course):
    (course / "nbgrader_config.py").write_text(settings)
    with pytest.raises(ValueError, match=r"^late penalties, by nbgrader_config\.py: ") as caught:
        bring(course)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert penalty(course) is None


def test_the_students_page_says_what_it_cost(course):
    (course / "nbgrader_config.py").write_text(PLUGIN.format(points=1))
    bring(course)
    pages = {}
    for one in (record("in time"), record("late", submitted=LATE)):
        path = course / "submitted" / one.student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        shutil.copy(course / "exercises" / NAME / path.name, path)
        save(course, one)
        pages[one.student] = course / "feedback" / one.student / NAME / f"{NAME}.html"
    assert list(classroom.write_feedback(course, NAME))[-1].startswith("2 pages")
    said = {student: text_of(path.read_text()) for student, path in pages.items()}
    assert "14 of 20 points so far" in said["late"]
    assert "Handed in late by 2:00:00: 2 points are taken off." in said["late"]
    assert "16 of 20 points so far" in said["in time"]
    assert "Handed in late" not in said["in time"]
