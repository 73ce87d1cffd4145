"""The platform's list of times: read whatever its language, believed where it can be, and told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from babel import dates
from hypothesis import given
from hypothesis import strategies as st

from course_utils.instructor import cli
from course_utils.instructor.intake import dates_in_words, intake, times
from tests.instructor.intake.handing_in import (
    DAY,
    FILE,
    HOUR,
    LAZY,
    NAME,
    archive,
    copy_course,
    edited,
    folder,
    time_of,
)

ZURICH = ZoneInfo("Europe/Zurich")
HEADINGS = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
)


def worksheet(*entries: tuple[str, str, str]) -> str:
    """As Moodle writes it, the mark of UTF-8 in front."""
    rows = [
        f'{who},{name},x@y.org,"Submitted for grading, - ",,20.00,Yes,"{when}",-,\r\n'
        for who, name, when in entries
    ]
    return "\ufeff" + HEADINGS + "".join(rows)


def listed(path: Path, text: str, **options: Any) -> times.Times:
    path.write_text(text, encoding="utf-8")
    return times.read(path, **options)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    root = copy_course(tmp_path / "course")
    (root / "solutions").mkdir()
    return root


def test_moodles_worksheet(tmp_path):
    text = worksheet(
        ("Participant 1001", "Jane Doe", "Tuesday, 24 November 2026, 11:30 PM"),
        ("Participant 1002", "Bo_Ek", "Wednesday, 1 July 2026, 12:05 AM"),
        ("Participant 1003", "Al Ra", "-"),
    )
    by_number = listed(tmp_path / "a.csv", text, zone=ZURICH)
    assert by_number == times.Times(
        "a.csv",
        {
            "1001": datetime(2026, 11, 24, 22, 30, tzinfo=UTC),
            "1002": datetime(2026, 6, 30, 22, 5, tzinfo=UTC),
        },
    )
    by_name = listed(tmp_path / "a.csv", text, zone=ZURICH, by="name")
    assert by_name.by_student == {
        "Jane Doe": by_number.by_student["1001"],
        "Bo Ek": by_number.by_student["1002"],
    }


@pytest.mark.parametrize("heading", ["student,time", "user_id;submitted_at", "Student\tTime "])
def test_a_plain_list(tmp_path, heading):
    mark = next(c for c in ",;\t" if c in heading)
    rows = (
        ["a 1", "2026-11-24T22:30:00Z"],
        ["b", "2026-11-24 23:30"],
        ["c", "2026-11-24T23:30+0200"],
    )
    text = "\n".join([heading, *(mark.join(row) for row in rows)])
    found = listed(tmp_path / "a.csv", text, zone=ZURICH)
    due = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    assert found.by_student == {"a 1": due, "b": due, "c": due - HOUR}
    assert not found.problems


WORDS = {
    "Tuesday, 24 November 2026, 11:30 PM": 23,
    "Tuesday, November 24, 2026, 11:30 pm": 23,
    "Tuesday, 24 November 2026, 12:30 AM": 0,
    "Tuesday, 24 November 2026, 12:30 PM": 12,
    "mardi 24 novembre 2026, 23:30": 23,
    "mardi 24 novembre 2026 à 23h30": 23,
    "Dienstag, 24. November 2026, 23:30": 23,
    "martes, 24 de noviembre de 2026, 23:30": 23,
    # November in Czech, but October in Croatian: the day of the week tells them apart.
    "úterý, 24. listopadu 2026, 23.30": 23,
    "terça-feira, 24 de novembro de 2026, 23:30": 23,
    "вторник, 24 ноября 2026, 23:30": 23,
}


@pytest.mark.parametrize("text", WORDS)
def test_dates_in_words(text):
    assert dates_in_words.parse(text) == datetime(2026, 11, 24, WORDS[text], 30)


@given(
    moment=st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),
    language=st.sampled_from(["en", "de", "fr", "es", "it", "nl", "pt", "pl", "cs", "hr", "ru"]),
)
def test_every_date_in_words_is_read_as_it_was_meant(moment, language):
    moment = moment.replace(second=0, microsecond=0)
    text = dates.format_datetime(moment, "EEEE, d MMMM y, HH:mm", locale=language)
    assert dates_in_words.parse(text) == moment


UNREADABLE = {
    "yesterday": "not a time that can be read",
    "2026-11-24": "the time of day is missing",
    "24.11.2026 23:30": "not a time that can be read",
    "Monday, 24 November 2026, 11:30 PM": "no date in any one language",
    "Tuesday, 31 November 2026, 11:30 PM": "no date in any one language",
    "Dienstag, 24 novembre 2026, 23:30": "no date in any one language",
    "Tuesday, 24 November 2026, 13:30 PM": "no 13 o'clock PM",
    "Tuesday, 24 November 2026, 11:75 PM": "minute must be in 0..59",
    "2026-03-29 02:30": "clocks were put forward",
    "9" * 5000: "not a time that can be read",
}


@pytest.mark.parametrize("text", UNREADABLE)
def test_an_unreadable_time_costs_one_line_and_no_other_student(tmp_path, text):
    good = ("Participant 2", "", "Tuesday, 24 November 2026, 11:30 PM")
    text_of_file = worksheet(("Participant 1", "\x1b[2J", text), good)
    found = listed(tmp_path / "a.csv", text_of_file, zone=ZURICH)
    assert list(found.by_student) == ["2"]
    (line,) = found.problems
    assert line.startswith("not used: a.csv, line 2: Participant 1, ")
    assert UNREADABLE[text] in line
    assert line.isprintable()
    assert len(line) < 250


def test_the_hour_that_is_there_twice_is_the_first(tmp_path):
    found = listed(tmp_path / "a.csv", "student,time\n1,2026-10-25 02:30\n", zone=ZURICH)
    assert found.by_student == {"1": datetime(2026, 10, 25, 0, 30, tzinfo=UTC)}


def test_one_student_twice(tmp_path):
    """The same time again is no news; of different ones none is taken."""
    rows = "1,2026-03-05 12:00Z\n1,2026-03-05 13:00Z\n1,2026-03-05 12:00Z\n2,2026-03-05 12:00Z\n"
    found = listed(tmp_path / "a.csv", f"student,time\n{rows}2,2026-03-05 12:00Z")
    assert found.by_student == {"2": DAY}
    assert found.problems == (
        "not used: a.csv, line 3: 1, 2026-03-05 13:00Z: 1 has several times: keep one",
    )


@pytest.mark.parametrize("student", ["../x", "", "a/b", "x" * 200])
def test_students_that_cannot_be(tmp_path, student):
    found = listed(tmp_path / "a.csv", f"student,time\n{student},2026-03-05 12:00Z\n")
    assert not found.by_student
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty: save it as CSV in UTF-8"),
        ("student,time\nJosé,2026".encode("utf-16"), "not in UTF-8"),
        (b"Vorname,Zuletzt\nA,B\n", "'vorname', 'zuletzt': call them student and time"),
        (b"student,time,time\n", "no column for students and one for times"),
        (b'student,time\n1,"' + b"x" * 200_000, "field larger than field limit"),
    ],
)
def test_what_is_no_list_is_refused(tmp_path, data, said):
    (tmp_path / "a.csv").write_bytes(data)
    with pytest.raises(ValueError, match=said) as error:
        times.read(tmp_path / "a.csv")
    assert "\n" not in str(error.value)


def moodle(course: Path, data: bytes = LAZY, time: datetime = DAY) -> Path:
    return archive(course.parent / "a.zip", {f"Jane_1{FILE}_/x.ipynb": data}, time)


def test_the_list_corrects_what_was_taken_in_without_it(course):
    """Also a list that was read in a wrong zone; a later intake without one changes nothing."""
    path = moodle(course)
    for said, counts, clock in (
        (None, DAY, "time of the download"),
        (DAY - 2 * HOUR, DAY - 2 * HOUR, "time of the list"),
        (DAY - HOUR, DAY - HOUR, "time of the list"),
        (None, DAY - HOUR, "as taken in before, not the time of the download"),
    ):
        (taken,) = intake(path, NAME, course, times={"1": said} if said else {}, zone=UTC)
        assert (taken.time, time_of(course, "1"), taken.clock) == (counts, counts, clock)


def test_an_archive_that_is_older_than_the_list(course):
    """The notebook that was handed in later is not in it: this one keeps its time."""
    intake(moodle(course), NAME, course, times={"1": DAY - HOUR}, zone=UTC)
    (taken,) = intake(moodle(course), NAME, course, times={"1": DAY + HOUR}, zone=UTC)
    assert taken.time == time_of(course, "1") == DAY - HOUR
    assert "the list says 2026-03-05 13:00:00 UTC: download both again" in str(taken)
    newer = moodle(course, edited("later"), DAY + 2 * HOUR)
    (taken,) = intake(newer, NAME, course, times={"1": DAY + HOUR}, zone=UTC)
    assert (taken.what, taken.time) == ("replaces an earlier one", DAY + HOUR)


def test_the_word_of_a_file_in_a_folder_counts_less_than_the_list(course):
    """Whoever unpacks or copies a file, or its author, gives it a time."""
    path = folder(course.parent / "in", {"1/x.ipynb": LAZY}, DAY - timedelta(days=9))
    for said, clock in ((None, "time of the file"), (DAY, "time of the list")):
        (taken,) = intake(path, NAME, course, times={"1": said} if said else {})
        assert taken.clock == clock
    assert time_of(course, "1") == DAY


def test_the_command_tells_each_time_and_each_gap(course, capsys):
    files = {f"S_{i}{FILE}_/x.ipynb": edited(str(i)) for i in (1, 2, 3)}
    path = archive(course.parent / "a.zip", files)
    sheet = course.parent / "a.csv"
    sheet.write_text(
        worksheet(
            ("Participant 1", "S", "Thursday, 5 March 2026, 9:00 AM"),
            ("Participant 2", "S", "5.3.26"),
            ("Participant 4", "S", "Thursday, 5 March 2026, 10:00 AM"),
        )
    )
    command = ["--root", str(course), "intake", str(path), "--assignment", NAME]
    command += ["--times", str(sheet), "--zone", "Europe/Zurich"]
    assert cli.main(command) == 1
    said = capsys.readouterr().out
    for line in (
        f"took S_1{FILE}_/x.ipynb for 1 (S): new, 2026-03-05 08:00:00 UTC, time of the list",
        f"took S_2{FILE}_/x.ipynb for 2 (S): new, 2026-03-05 11:00:00 UTC, time of the download",
        f"took S_3{FILE}_/x.ipynb for 3 (S): new, 2026-03-05 11:00:00 UTC, time of the download",
        "not used: a.csv, line 3: Participant 2, 5.3.26: not a time that can be read",
        "no notebook of 4, who handed in at 2026-03-05 09:00:00 UTC by a.csv",
        "3 taken, 0 refused",
    ):
        assert f"{line}\n" in said
    assert len(said.splitlines()) == 6


def test_a_list_that_is_missing_stops_the_command(course, capsys):
    path = str(moodle(course))
    command = ["--root", str(course), "intake", path, "--assignment", NAME, "--times", "none.csv"]
    assert cli.main(command) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (course / "submitted").exists()
