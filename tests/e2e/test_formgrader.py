"""nbgrader's formgrader as a marker sees it: the real server, a real browser, the demo's class."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from course_utils.instructor import demo, record
from course_utils.instructor.cli import main
from tests.conftest import CHROMIUM
from tests.e2e.classroom import EXERCISES, hand_in
from tests.instructor.gradebook.formgrader import Formgrader, formgrader

pytestmark = [pytest.mark.chromium, pytest.mark.bubblewrap]
NAME, QUESTION = demo.ASSIGNMENT, "meaning_of_the_plots"
PATIENCE_MS = 60_000
"""Of a button that starts two sandboxes on a busy machine."""


@pytest.fixture
def course(graded_class: Path, tmp_path: Path) -> Path:
    return shutil.copytree(graded_class, tmp_path / "my course")


@pytest.fixture
def server(course: Path) -> Iterator[Formgrader]:
    with formgrader(course) as running:
        yield running


@pytest.fixture
def page(server: Formgrader) -> Iterator[Page]:
    """Signed in; what throws an error fails the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        faults: list[str] = []
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.set_default_timeout(PATIENCE_MS)
        tab.goto(f"{server.address}/login?token={server.token}&next=/formgrader")
        yield tab
        browser.close()
    # nbgrader's page takes MathJax from the network, which a test has not.
    assert [fault for fault in faults if fault != "MathJax is not defined"] == []


def submissions(page: Page, server: Formgrader) -> dict[str, tuple[str, str]]:
    """Status and score by student, as the table shows them."""
    page.goto(f"{server.address}/formgrader/manage_submissions/{NAME}")
    page.locator("td.status").first.wait_for()
    rows = page.locator("#main-table tr").all()
    cells = ([row.locator(f"td.{c}").inner_text() for c in ("student-id", "status", "score")]
             for row in rows)  # fmt: skip
    return {student: (status, score) for student, status, score in cells}


def points(course: Path) -> dict[str, int]:
    return {one.student: one.earned for one in record.load_all(course, NAME)}


def test_it_shows_the_marks_and_its_button_grades(course, server, page) -> None:
    shown = submissions(page, server)
    assert {s: score for s, (_, score) in shown.items()} == {
        student: f"{earned} / 20" for student, earned in points(course).items()
    }
    waits = {one.student for one in record.load_all(course, NAME)
             if any(answer.changed for answer in one.open_answers)}  # fmt: skip
    assert {s: status for s, (status, _) in shown.items()} == {
        student: "needs manual grading" if student in waits else "graded" for student in shown
    }

    assert points(course)["1010"] == 0
    handed_in = course / "submitted"
    shutil.copy(handed_in / "1001" / NAME / f"{NAME}.ipynb", handed_in / "1010" / NAME)
    page.locator("tr", has_text="1010").locator(".autograde a").click()
    said = page.get_by_text(f"Successfully autograded '{NAME}' for student '1010'")
    expect(said).to_be_visible(timeout=PATIENCE_MS)
    assert points(course)["1010"] == 16
    assert submissions(page, server)["1010"] == ("needs manual grading", "16 / 20")


def test_a_mark_by_hand_survives_and_comes_out(course, server, page, capsys) -> None:
    page.goto(f"{server.address}/formgrader/manage_students/1001/{NAME}")
    page.locator("tbody").get_by_text(NAME).click()
    loaded = "window.formgrader?.grades?.loaded && window.formgrader.comments?.loaded"
    page.wait_for_function(loaded)  # until then nothing that is typed is saved
    comment = "Which <b>weights</b> do you mean?"
    for box, text in ((f"textarea#{QUESTION}-comment", comment), (f"input#{QUESTION}", "3")):
        page.locator(box).fill(text)
        with page.expect_response(lambda response: response.request.method == "PUT") as saved:
            page.locator(box).press("Tab")  # leaving the box saves it
        assert saved.value.ok
    assert submissions(page, server)["1001"] == ("graded", "19 / 20")

    for path in (course / "graded").rglob("1001.json"):
        path.unlink()  # so that it is graded anew
    command = ["--root", str(course)]
    assert main([*command, "autograde", NAME, "--workers", "1"]) == 0
    assert re.search(r"^1 graded, 11 as before, 0 changes", capsys.readouterr().out, re.MULTILINE)
    assert submissions(page, server)["1001"] == ("graded", "19 / 20")

    page.locator("tr", has_text="1001").locator(".generate-feedback a").click()
    done = page.get_by_text(f"Successfully generated feedback for '{NAME}'")
    expect(done).to_be_visible(timeout=PATIENCE_MS)
    feedback = course / "feedback" / "1001" / NAME / f"{NAME}.html"
    page.goto(feedback.as_uri())
    expect(page.locator("main")).to_contain_text("19 of 20")
    expect(page.locator("main")).to_contain_text(comment)

    marks = course / "marks.csv"
    assert main([*command, "export", NAME, "--to", str(marks)]) == 0
    with marks.open(newline="") as file:
        found = {row["student_id"]: float(row["points"]) for row in csv.DictReader(file)}
    assert found == points(course) | {"1001": 19}


def test_it_lists_all_assignments(released: Path, tmp_path: Path) -> None:
    course = shutil.copytree(released, tmp_path / "my course")
    for name in EXERCISES:
        hand_in(course, name, "stub", {})
    with formgrader(course) as running:
        assignments = running.get("assignments")
    received = {a["name"]: (a["num_submissions"], a["max_score"]) for a in assignments}
    assert received == dict.fromkeys(EXERCISES, (1, 20))
