"""Whose file it is, by the place it has in a folder or in a platform's archive.

Moodle ("Download all submissions"), as `mod/assign/classes/downloader.php` names them; older ones
end the folder's name with `_`:

    Full Name_12345_assignsubmission_file_/lazy_training.ipynb
    Full Name_12345_assignsubmission_file/lazy_training.ipynb
    Full Name_12345_assignsubmission_file_lazy_training.ipynb      without folders

12345 is Moodle's number of the participant, or of the team; it belongs to this one assignment. A
name holds no `_`: Moodle turns it into a blank.

Canvas ("Download Submissions"), as `lib/content_zipper.rb` names them:

    lastnamefirstname_12345_67890_lazy_training.ipynb
    lastnamefirstname_LATE_12345_67890_lazy_training.ipynb
    anon_a1B2c_67890_lazy_training.ipynb                           anonymous, LATE_ before anon

12345 is the user's number, 67890 the file's. Canvas takes `_12345_` out of a name, but not all that
can look like it; where two readings are possible the file is refused.

Plain: STUDENT/any.ipynb, also deeper, or STUDENT_ASSIGNMENT.ipynb without folders.

Neither platform writes into its archive when a file was handed in: Moodle's stream
(`zip_writer.php`) and Canvas's rubyzip (`entry.rb`) put in the time of the download. See `intake`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal
from urllib.parse import quote

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake.files import has_control

Platform = Literal["moodle", "canvas", "plain"]
By = Literal["number", "name"]

MOODLE = re.compile(
    r"(?P<name>[^_/]+)_(?P<number>[0-9]+)_assignsubmission_file(?:_?/.+|_[^/]+)", re.DOTALL
)
CANVAS = re.compile(
    r"(?P<name>[\w-]+?)_(?P<late>LATE_)?(?P<number>[0-9]+)_(?P<file>[0-9]+)_(?P<rest>[^/]+)"
)
ANONYMOUS = re.compile(
    r"(?P<late>LATE_)?(?P<name>anon)_(?P<number>[A-Za-z0-9]+)_(?P<file>[0-9]+)_(?P<rest>[^/]+)"
)


@dataclass(frozen=True)
class Origin:
    """Who handed in a file."""

    student: str
    """The id: the platform's number or the name, as asked for, or the folder's name."""
    number: str = ""
    name: str = ""
    """Both as the platform gives them, if there is one."""
    late: bool = False
    """Canvas says so."""


class Layout:
    """How the paths of one listing are to be read: by the platform's rules if they follow them."""

    def __init__(self, paths: Iterable[str], assignment: str, by: By = "number") -> None:
        self.assignment, self.by = assignment, by
        paths = [path for path in paths if is_notebook(path)]
        self.platform = _platform(paths)
        tops = {path.partition("/")[0] for path in paths}
        inner = [path.partition("/")[2] for path in paths]
        if self.platform == "plain" and len(tops) == 1 and _platform(inner) != "plain":
            top = tops.pop()
            raise ValueError(f"all of it lies in the folder {top!a}: give that folder itself")
        nameless = all(ANONYMOUS.fullmatch(path) for path in paths)
        self._canvas_rule = ANONYMOUS if nameless else CANVAS
        found = (self._canvas_rule.fullmatch(path) for path in paths)
        digits = Counter(len(match["file"]) for match in found if match)
        self._digits = digits.most_common(1)[0][0] if digits else 0
        """How long the numbers of files are in this archive of Canvas."""

    def origin(self, path: str) -> Origin:
        """Whose file it is; Refused, with what is expected, if the path does not say it."""
        read = {"moodle": self._moodle, "canvas": self._canvas, "plain": self._plain}
        return read[self.platform](path)

    def _moodle(self, path: str) -> Origin:
        if not (match := MOODLE.fullmatch(path)):
            raise Refused("not as Moodle names files: Name_12345_assignsubmission_file_/…")
        return self._named(match["number"], match["name"].strip())

    def _canvas(self, path: str) -> Origin:
        if not (match := self._canvas_rule.fullmatch(path)):
            raise Refused("not as Canvas names files: name_12345_67890_…")
        words = [match["file"], *match["rest"].split("_")[:-1]]
        for user, number in pairwise(words):
            if user.isdecimal() and number.isdecimal() and len(number) == self._digits:
                raise Refused(
                    f"whose it is has two readings, {match['number']} and {user}: give it in a "
                    "folder STUDENT"
                )
        return self._named(match["number"], match["name"], late=bool(match["late"]))

    def _named(self, number: str, name: str, *, late: bool = False) -> Origin:
        student = check_student(name if self.by == "name" else number)
        return Origin(student, number, name, late)

    def _plain(self, path: str) -> Origin:
        student, slash, _ = path.partition("/")
        if not slash:
            student, end, rest = path.rpartition(f"_{self.assignment}.ipynb")
            if not end or rest:
                raise Refused(
                    f"whose it is is not said: put it into a folder STUDENT, or call it "
                    f"STUDENT_{self.assignment}.ipynb"
                )
        return Origin(check_student(student))


def is_notebook(path: str) -> bool:
    """By its ending; what it is in truth is found out when it is read."""
    return path.lower().endswith(".ipynb")


def _platform(paths: list[str]) -> Platform:
    if any(MOODLE.fullmatch(path) for path in paths):
        return "moodle"
    if paths and all(CANVAS.fullmatch(path) or ANONYMOUS.fullmatch(path) for path in paths):
        return "canvas"
    return "plain"


def check_student(student: str) -> str:
    """A student's id, in one Unicode form; Refused if it cannot name folders and records."""
    student = unicodedata.normalize("NFC", student)
    if not student.strip() or student.startswith(".") or has_control(student):
        raise Refused(f"{student!a} cannot be a student's id: give letters, no dot in front")
    if set("/\\") & set(student):
        raise Refused(f"{student!r} cannot be a student's id: it holds a path separator")
    if len(student) > 128 or len(quote(student)) > 240:  # nbgrader's column; the record's file
        raise Refused(f"{student[:40]!r}… cannot be a student's id: it is too long")
    return student
