"""From a folder or a platform's archive to nbgrader's `submitted/STUDENT/NAME/NAME.ipynb`.

Each notebook is bound to its student by the place it has (`layouts`) and to its assignment by what
it holds (`submission.identity`), never by its own name. The bytes are kept as they were handed in;
beside them stands `timestamp.txt`, as nbgrader reads it. Nothing else is taken.

Time. What counts is, in this order: the platform's own list (`times`); the time that a zip member
or a file has. In Moodle's and Canvas's archives that is the time of the download, when the notebook
was there at the latest; so a notebook that is there already, with the same bytes, keeps its
earlier time, and one with other bytes is replaced only by a later one. An archive that is older
than what the list says of a student does not hold that notebook: then its own time stays.

Two notebooks of one student: the latest valid one. Where times do not tell, because they are equal
or were made by the download, both are refused: a person decides, not the order of an archive.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course_utils.checks.plain_json import Refused
from course_utils.instructor.intake import archives, submission
from course_utils.instructor.intake.clocks import When, when
from course_utils.instructor.intake.files import File, folded
from course_utils.instructor.intake.layouts import By, Layout, Origin, is_notebook
from course_utils.instructor.intake.outcomes import RefusedFile, Taken
from course_utils.instructor.intake.submitted import Submitted

Result = Taken | RefusedFile
MAX_NOTEBOOKS = 10
"""Of one student."""


@dataclass(frozen=True)
class _Notebook:
    """A file that says it is a notebook."""

    origin: Origin
    file: File
    data: bytes = b""
    """Its bytes, once it is known to be one of the assignment."""

    def refused(self, reason: object) -> RefusedFile:
        return RefusedFile(self.origin.student, self.file.path, str(reason))


def intake(
    path: Path,
    assignment: str,
    root: Path,
    *,
    by: By = "number",
    times: Mapping[str, datetime] | None = None,
    zone: tzinfo | None = None,
) -> list[Result]:
    """Take in what `path`, a folder or a zip archive, holds of one assignment.

    `by` says what becomes the student's id where a platform gives both: its number, which in
    Moodle is another one in each assignment, or the name, refused where two have the same.
    `times`, by student, come from the platform's own list and go before all others; they bear
    their zone. `zone` is that of the times in a zip archive, this machine's if None.

    ValueError if it is no archive or the assignment is not released here.
    """
    released = _released(root)
    if assignment not in released:
        known = ", ".join(released) or "none: course notebooks"
        raise ValueError(f"assignment={assignment!r} is not in exercises/; there are {known}")
    times = times or {}
    if naive := [student for student, time in times.items() if time.tzinfo is None]:
        raise ValueError(f"times[{naive[0]!r}] has no time zone: give one")
    submitted = Submitted(root, assignment)
    with archives.opened(path, zone) as listing:
        layout = Layout((file.path for file in listing.files), assignment, by)
        students, results = _by_student(listing.files, layout)
        results += [RefusedFile("", name, reason) for name, reason in listing.refused]
        for student, notebooks in students.items():
            valid = list(_valid(notebooks, assignment, released, results))
            if notebook := _counts(valid, results, told=layout.platform == "plain"):
                time = when(notebook.file.time, times.get(student), layout.platform)
                results.append(_place(notebook, submitted, time))
    return results


def _released(root: Path) -> dict[str, NotebookNode]:
    paths = sorted((root / "exercises").glob("*/*.ipynb"))
    return {p.stem: nbformat.read(p, as_version=4) for p in paths if p.stem == p.parent.name}


def _by_student(
    files: Iterable[File], layout: Layout
) -> tuple[dict[str, list[_Notebook]], list[Result]]:
    """The notebooks of each student; refused is what cannot be told whose it is."""
    found, results = defaultdict[str, list[_Notebook]](list), list[Result]()
    for file in files:
        try:
            origin = layout.origin(file.path)
            found[origin.student].append(_Notebook(origin, file))
        except Refused as error:
            if is_notebook(file.path):
                results.append(RefusedFile("", file.path, str(error)))
    same = Counter(folded(student) for student in found)
    students = {}
    for student, handed_in in found.items():
        notebooks = [notebook for notebook in handed_in if is_notebook(notebook.file.path)]
        people = {(one.origin.number, one.origin.name) for one in handed_in}
        if not notebooks:
            results.append(handed_in[0].refused("no notebook: hand in the .ipynb file itself"))
        elif len(people) > 1:
            results += [one.refused(f"{len(people)} people have this id") for one in notebooks]
        elif same[folded(student)] > 1:
            reason = "another student's id is the same, but for upper and lower case"
            results += [one.refused(reason) for one in notebooks]
        elif len(notebooks) > MAX_NOTEBOOKS:
            reason = f"one of {len(notebooks)} notebooks of this student: hand in one"
            results += [one.refused(reason) for one in notebooks]
        else:
            students[student] = notebooks
    return students, results


def _valid(
    notebooks: Iterable[_Notebook],
    assignment: str,
    released: Mapping[str, NotebookNode],
    results: list[Result],
) -> Iterator[_Notebook]:
    """Those that are of the assignment, with their bytes."""
    for notebook in notebooks:
        try:
            data = notebook.file.read()
            what = submission.identity(submission.read(data), released)
        except Refused as error:
            results.append(notebook.refused(error))
            continue
        if what == assignment:
            yield replace(notebook, data=data)
        elif what is None:
            results.append(
                notebook.refused(
                    "which assignment it is cannot be told: put the answers into the notebook "
                    "of the course, hand that in"
                )
            )
        else:
            results.append(notebook.refused(f"it is {what}, not {assignment}"))


def _counts(valid: list[_Notebook], results: list[Result], *, told: bool) -> _Notebook | None:
    """The one that counts of a student's valid notebooks: the latest, if times tell that."""
    if not valid:
        return None
    last = max(notebook.file.time for notebook in valid)
    latest = [one for one in valid if one.file.time == last] if told else valid
    if len({one.data for one in latest}) > 1:
        reason = f"one of {len(latest)} notebooks of {{}}, and no time says which counts: keep one"
        results += [one.refused(reason.format(one.origin.student)) for one in latest]
        return None
    results += [
        one.refused(f"the same as {latest[0].file.path}" if one in latest else
                    f"{latest[0].file.path} is later and counts")
        for one in valid if one is not latest[0]
    ]  # fmt: skip
    return latest[0]


def _place(notebook: _Notebook, submitted: Submitted, given: When) -> Result:
    origin, file, clock = notebook.origin, notebook.file, given.clock
    try:
        path, what, since = submitted.place(
            origin.student, notebook.data, given.time, sure=given.sure
        )
    except Refused as error:
        return notebook.refused(error)
    if since != given.time:
        clock = f"as taken in before, not the {clock}"
    return Taken(origin.student, file.path, since, path, what, origin.name, origin.late, clock)
