"""The class report: what it says, for classes of all sizes, and hostile text everywhere."""

import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from bleach._vendor import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st

from course_utils.instructor.pages import feedback_sections, report_figures
from course_utils.instructor.pages.report import class_report, write_report
from course_utils.instructor.record import CheckResult, OpenAnswer, Record, Usage
from tests.instructor.pages.made import SECRET, check, failed, hostile, record
from tests.instructor.pages.reading import faults, on_a_phone, text_of

STATUSES = list(feedback_sections.STATUS)


def class_of(size: int, **fields: Any) -> list[Record]:
    """Some right, some wrong, in ways that repeat."""
    return [
        record(
            check() if i % 3 else failed(status=STATUSES[1 + i % 5], public="train: uphill."),
            check("phi", points=4, earned=4) if i % 2 else failed("phi", "phi: no", points=4),
            student=f"student-{i}",
            usage=Usage(0.2 + i % 7, 1, 10**8),
            **fields,
        )
        for i in range(size)
    ]  # fmt: skip


def report(records: Any, **fields: Any) -> str:
    return class_report(records, **({"title": "Lazy"} | fields))


def faults_but_our_pictures(page: str) -> list[str]:
    """The only SVG is ours, in an image."""
    return [f for f in faults(page) if not f.startswith("img src='data:image/svg+xml;base64,")]


@pytest.mark.parametrize("size", [0, 1, 2, 12, 1000])
def test_a_report_for_every_size(size: int) -> None:
    page = report(iter(class_of(size)))
    assert faults_but_our_pictures(page) == []
    assert page.count("<img") == (3 if size else 0)
    text = text_of(page)
    if size:
        assert f"Submissions {size}" in text
    else:
        assert "No submission has been graded yet." in text
    assert ("undefined fewer than 10 submissions" in text) == (0 < size < 10)


def test_the_numbers_of_a_class() -> None:
    text = text_of(report(class_of(12), questions={"phi": "Exercise 2: features"}))
    assert "median 3.5 of 7, mean 4.0, middle half from 3 to 7" in text
    assert "check_train 67 % 8" in text
    assert "check_phi 50 % 6 6 0 0 0" in text
    assert "Exercise 2: features 4 0.50" in text
    assert "phi: no 6 submissions" in text
    assert "Difficulty is 1 minus the mean share" in text
    assert "Discrimination is the correlation" in text


def test_an_answer_in_words_alone_makes_a_report() -> None:
    page = report([record(open_answers=(OpenAnswer("why", 4, True),))])
    assert faults_but_our_pictures(page) == []
    assert "Open answers to mark 1" in text_of(page)


def test_no_time_and_no_points_can_be_drawn() -> None:
    page = report([record(check(points=0, earned=0), usage=Usage(0, 0, 0))] * 12)
    assert len(pictures(page)) == 3


def test_names_are_folded_away_and_in_no_picture() -> None:
    page = report(class_of(4, review=("train: found twice in /srv/course/x",)))
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    (folded,) = tree.iter("details")
    assert "open" not in folded.attrib
    assert "".join(folded.itertext()).count("train: found twice in (path)") == 4
    assert "student-" in "".join(folded.itertext())
    outside = re.sub(r"<details>.*</details>", "", page, flags=re.DOTALL)
    assert "student-" not in outside
    for picture in pictures(page):
        assert "student-" not in picture


def test_nothing_for_staff_is_projected() -> None:
    page = report([record(failed(values=SECRET, hidden=True)) for _ in range(5)])
    assert SECRET not in page


def test_runs_without_a_sandbox_are_counted() -> None:
    page = report([*class_of(2, sandboxed=False), *class_of(1)])
    assert "2 of 3 submissions were run without a sandbox." in text_of(page)
    assert "sandbox" not in text_of(report(class_of(3)))


def test_each_picture_says_what_one_sees() -> None:
    page = report(class_of(12))
    scores, checks, cpu = re.findall(r'<img [^>]*alt="([^"]+)"', page)
    assert "points of 12 submissions: median" in scores
    assert "4 with all points, 2 with none." in scores
    assert "Passed most often: check_train, by 67 %; least often: check_phi, by 50 %." in checks
    assert "CPU time of 12 submissions, logarithmic: median 2.7 s, longest 6.2 s." in cpu


def pictures(page: str) -> list[str]:
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [base64.b64decode(data).decode() for data in found]


def test_pictures_are_plain_svg() -> None:
    for picture in pictures(report(class_of(3))):
        for element in ET.fromstring(picture).iter():
            assert "script" not in element.tag
            assert not [name for name in element.attrib if name.lower().startswith("on")]


def test_the_same_class_gives_the_same_page() -> None:
    assert report(class_of(5)) == report(class_of(5))


@pytest.mark.fault("What goes out", "held", of="scripts in pages")
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_hostile_text_in_every_field_is_only_text(data: st.DataObject) -> None:
    def draw() -> str:
        return data.draw(hostile())

    public = draw()
    one = Record(
        "lazy", draw(), SECRET, draw(), (
            CheckResult(draw(), draw(), 3, 0, "failed", public, SECRET, True),
            CheckResult(draw() + "$", draw(), 3, 3, "passed", draw(), SECRET),
        ), (OpenAnswer(draw(), 4, True),), record().usage, (draw(),), (SECRET,), False,
    )  # fmt: skip
    names = {check.answer: draw() for check in one.checks}
    page = report([one] * data.draw(st.sampled_from([1, 12])), title=draw(), questions=names)
    assert faults_but_our_pictures(page) == []
    assert SECRET not in page
    page.encode()


@pytest.mark.parametrize("name", ["check_a$b$c", "check_\\frac{", "ünï\u202e", "$" * 90, ""])
def test_labels_can_be_drawn(name: str) -> None:
    page = report([record(check(name=name or " "))])
    assert len(pictures(page)) == 3
    assert len(report_figures._label(name)) <= 120


def test_a_report_is_written_whole(tmp_path: Path) -> None:
    path = write_report(tmp_path, "lazy", class_of(2), title="Lazy")
    assert path == tmp_path / "reports" / "lazy.html"
    before = path.read_bytes()
    with pytest.raises(ValueError, match="not finite"):
        write_report(tmp_path, "lazy", [record(check(earned=float("nan")))], title="Lazy")
    assert path.read_bytes() == before
    with pytest.raises(ValueError, match=r"'\.\./x'"):
        write_report(tmp_path, "../x", [], title="")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == ["lazy.html"]


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_the_report_on_a_phone(tmp_path: Path, scheme: Any) -> None:
    one = class_of(12, review=("twice",))
    with on_a_phone(report(one), tmp_path, scheme) as (page, wrong):
        assert wrong == []
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        assert page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
        assert not page.get_by_text("student-3").is_visible()
        page.locator("summary").click()
        assert page.get_by_text("student-3").is_visible()
