"""nbgrader's own commands and the formgrader's buttons, by the course's steps.

nbgrader makes a file of each notebook by an exporter, and `nbgrader_config.py` names those below.
So whoever presses *Autograde* gets the same sandbox, checks, record and marks as by
`course autograde`, and *Generate feedback* gives the same safe page as `course feedback`. No kernel
is started, and nothing that a student wrote is read by nbgrader.
"""

from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter, NotebookExporter
from nbgrader.converters.base import NbGraderException

from course_utils.instructor import classroom, grading, record, submissions
from course_utils.instructor.gradebook import autograded, writer

Resources = dict[str, Any]


class Graded(NotebookExporter):
    """A submission -> the notebook with its outcomes; its record and its marks on the way."""

    def from_filename(
        self, filename: str, resources: Resources | None = None, **_: Any
    ) -> tuple[Any, Resources]:
        """Grade the notebook of this name, always anew; NbGraderException if that cannot be done.

        nbgrader comes twice: with the submission, then with what this made of it.
        """
        # Not resolved: a link in place of a submission shall not look like what it leads to.
        path, resources = Path(filename).absolute(), _with_end(resources, ".ipynb")
        root, student = path.parents[2].parent, path.parents[1].name
        if path.parents[2].name != submissions.SUBMITTED:
            return path.read_text(encoding="utf-8"), resources
        job = next(submissions.jobs(root, path.stem, students=[student]), None)
        if job is None:
            what = "no file of its own in submitted/, but a link: take it in again"
            raise NbGraderException(f"{student!r}: {what}")
        graded = grading.grade(job)
        if not graded.key:  # the sandbox could not be had
            raise NbGraderException("; ".join(graded.review))
        record.save(root, graded)
        notebook = grading.rebuilt(job).notebook
        db_url = resources["nbgrader"]["db_url"]
        said = writer.write([graded], root=root, notebook_of=lambda _: notebook, db_url=db_url)
        written = autograded.path_of(root, graded)
        if not written.is_file():
            raise NbGraderException("; ".join(map(str, said)))
        return written.read_text(encoding="utf-8"), resources


class Feedback(Exporter):
    """A graded notebook -> the student's page, from the record and the marks by hand."""

    file_extension = ".html"

    def from_filename(
        self, filename: str, resources: Resources | None = None, **_: Any
    ) -> tuple[Any, Resources]:
        """The page of the student of this notebook; NbGraderException if it has no record."""
        path, resources = Path(filename).absolute(), _with_end(resources, ".html")
        root, student, assignment = path.parents[2].parent, path.parents[1].name, path.stem
        pages = classroom.feedback_pages(
            root, assignment, students=[student], db_url=resources["nbgrader"]["db_url"]
        )
        for page in pages:
            if page.path is None:
                raise NbGraderException(f"{student!r}: {page.problem}")
            return page.path.read_text(encoding="utf-8"), resources
        raise NbGraderException(f"{student!r} has no record: course autograde {assignment}")


def _with_end(resources: Resources | None, extension: str) -> Resources:
    return {**(resources or {}), "output_extension": extension}
