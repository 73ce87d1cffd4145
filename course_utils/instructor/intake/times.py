"""When each student handed in, by the platform's own list: a CSV file.

- Moodle's grading worksheet, downloaded by a user whose Moodle speaks English: the columns
  Identifier ("Participant 12345"; or Full name, where students are known by name) and Last modified
  (submission), as `mod/assign/gradingtable.php` writes them. Dates may be in any language.
- `student,time`, with students by the id they have here, and ISO 8601 times. Canvas puts no times
  into what it exports; its API calls them `user_id` and `submitted_at`, which are taken as well.

A time without offset is in `zone`. Moodle writes no seconds, so its times are up to a minute early.
Where clocks are put back an hour is there twice: the first one is taken, in the student's favour.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake import dates_in_words
from course_utils.instructor.intake.layouts import By, check_student
from course_utils.instructor.intake.outcomes import RefusedFile, Taken, shown

MAX_BYTES = 50_000_000
STUDENT = ("student", "student_id", "user_id")
TIME = ("time", "submitted_at", "last modified (submission)")
MOODLE = {"number": "identifier", "name": "full name"}
PARTICIPANT = re.compile(r"\D+([0-9]{1,18})")
NONE = ("", "-")
"""Where nothing was handed in."""


@dataclass(frozen=True)
class Times:
    """The list: times in UTC by student, and a line for each entry that cannot be used."""

    name: str
    by_student: Mapping[str, datetime]
    problems: tuple[str, ...] = ()

    def without_file(self, results: Iterable[Taken | RefusedFile]) -> list[str]:
        """A line for each student of the list of whom no file was found."""
        found = {result.student for result in results}
        return [
            shown(f"no notebook of {student}, who handed in at {time:%Y-%m-%d %H:%M:%S} UTC "
                  f"by {self.name}")
            for student, time in self.by_student.items() if student not in found
        ]  # fmt: skip


def read(path: Path, *, by: By = "number", zone: tzinfo | None = None) -> Times:
    """The times of a list; `by` and `zone` are those of the intake.

    ValueError if it is no such list.
    """
    header, rows = _table(path)
    student, time, moodle = _columns(path, header, by)
    found: dict[str, datetime] = {}
    unclear: set[str] = set()
    problems = []
    for line, row in rows:
        who, when = (row[i].strip() if i < len(row) else "" for i in (student, time))
        if when in NONE:
            continue
        try:
            one, moment = _student(who, by, moodle=moodle), _moment(when, zone)
            if found.setdefault(one, moment) != moment:
                unclear.add(one)
                raise ValueError(f"{one} has several times: keep one")
        except (ValueError, OverflowError) as error:
            who, when = (text if len(text) <= 60 else f"{text[:60]}…" for text in (who, when))
            problems.append(shown(f"not used: {path.name}, line {line}: {who}, {when}: {error}"))
    known = {one: moment for one, moment in found.items() if one not in unclear}
    return Times(path.name, known, tuple(problems))


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The headings, and the rows that are not empty with their numbers of line."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    remedy = "save it as CSV in UTF-8, as the platform gave it"
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(f"times={str(path)!r} is not in UTF-8: {remedy}") from None
    if len(data) > MAX_BYTES:
        raise ValueError(f"times={str(path)!r} is larger than {MAX_BYTES // 10**6} MB: {remedy}")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ValueError(f"times={str(path)!r}: {error}: {remedy}") from None
    if not rows:
        raise ValueError(f"times={str(path)!r} is empty: {remedy}")
    return [cell.strip().casefold() for cell in rows[0][1]], iter(rows[1:])


def _columns(path: Path, header: list[str], by: By) -> tuple[int, int, bool]:
    """Where students and times stand, and whether it is Moodle that names the students."""
    students = [name for name in (*STUDENT, MOODLE[by]) if name in header]
    times = [name for name in TIME if name in header]
    if not students or not times or max(map(header.count, (students[0], times[0]))) > 1:
        raise ValueError(
            f"times={str(path)!r}: no column for students and one for times among "
            f"{', '.join(map(ascii, header[:20]))}: call them student and time, or for a worksheet "
            f"of Moodle {MOODLE[by].capitalize()} and Last modified (submission)"
        )
    return header.index(students[0]), header.index(times[0]), students[0] == MOODLE[by]


def _student(text: str, by: By, *, moodle: bool) -> str:
    """The student's id as `layouts` makes it."""
    if moodle and by == "number":
        if not (match := PARTICIPANT.fullmatch(text)):
            raise ValueError("no number of a participant")
        return match[1]
    try:
        return check_student(text.replace("_", " ").strip() if moodle else text)
    except Refused as error:
        raise ValueError(str(error)) from None


def _moment(text: str, zone: tzinfo | None) -> datetime:
    """In UTC; ValueError if it cannot be read, or clocks never showed it in the zone."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        time = dates_in_words.parse(text)
    else:
        if ":" not in text:
            raise ValueError("the time of day is missing")
    if time.tzinfo is not None:
        return time.astimezone(UTC)
    moment = (time.replace(tzinfo=zone) if zone else time.astimezone()).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != time:
        raise ValueError("clocks were put forward over this time: check the zone")
    return moment
