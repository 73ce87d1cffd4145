"""`autograded/STUDENT/NAME/NAME.ipynb`: what the formgrader shows to the person who marks.

The rebuilt notebook, with the outcome of each check as its output. The formgrader renders what
students wrote in the marker's browser, signed in, and nbgrader does not sanitise markdown there. So
their text is defused in this copy: it reads the same, and nothing in it is HTML any more.
"""

import hashlib
import html
import re
from collections.abc import Container, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output

from course_utils.instructor.record import CheckResult, Record, write_whole

FOLDER = "autograded"
LONGEST = 20_000  # characters of one message
# A word joiner has no width, and what it parts is no tag, entity or command any more.
JOINER = "\u2060"
ACTIVE = re.compile(r"(?<=<)(?=[A-Za-z/!?])|(?<=&)(?=[#A-Za-z])|(?<=\\)(?=href|require|unicode)")
ACTIVE_LINK = re.compile(r"(?i)\b(javascript|vbscript|data|file)(?=\s*:)")
# A page with a picture that is not there is none: nbconvert gives up. Kept is a plain reference.
PICTURE = re.compile(
    r"(?P<plain>(?<=\]\()attachment:(?P<name>[\w.-]+)(?=\)))|attachment(?=\\*:)", re.ASCII
)
UNFIT = re.compile(r"[/\\\x00-\x1f\x7f\ud800-\udfff]")
UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


def is_name(name: str) -> bool:
    """Whether a folder and a row of the database can bear this name, everywhere."""
    unfit = name in ("", ".", "..") or UNFIT.search(name)
    return not unfit and len(name) <= 128 and len(name.encode()) <= 255


def path_of(root: Path, record: Record) -> Path:
    """Where it lies; ValueError for a student whose name is no name of a folder."""
    for what, name in (("assignment", record.assignment), ("student", record.student)):
        if not is_name(name):
            remedy = "give it at most 128 characters, no / or \\, no control characters"
            raise ValueError(f"{what}={name!r}: no name for a folder: {remedy}")
    return root / FOLDER / record.student / record.assignment / f"{record.assignment}.ipynb"


def write(
    root: Path, record: Record, notebook: NotebookNode, model_answers: Mapping[str, str]
) -> None:
    """Write it, and beside it the time of the submission, as nbgrader does."""
    path = path_of(root, record)
    time = path.parent / "timestamp.txt"
    if record.submitted and not (time.is_file() and time.read_bytes() == record.submitted.encode()):
        write_whole(time, record.submitted)
    write_whole(path, nbformat.writes(marked_up(record, notebook, model_answers)) + "\n")


def marked_up(
    record: Record, notebook: NotebookNode, model_answers: Mapping[str, str]
) -> NotebookNode:
    """A copy with the outcome of each check, and first of all why a person has to look.

    Above each open answer that waits for a mark stands the model answer.
    """
    notebook = nbformat.from_dict(notebook)  # a copy
    waiting = {answer.name for answer in record.open_answers if answer.changed}
    checks = {check.name: check for check in record.checks}
    for cell in notebook.cells:
        nbgrader = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "code":
            check = checks.get(nbgrader.get("grade_id")) if nbgrader.get("grade") else None
            cell.outputs, cell.execution_count = _outputs(check), None
        if nbgrader.get("solution"):
            if cell.cell_type == "markdown":
                cell.source = defused(cell.source, cell.get("attachments", {}))
            cell.source = UNPRINTABLE.sub("\ufffd", cell.source)
    notebook.cells = [
        shown for cell in notebook.cells for shown in (*_model(cell, model_answers, waiting), cell)
    ]
    if reasons := [*record.review, *([] if record.sandboxed else ["run without a sandbox"])]:
        listed = "\n".join(html.escape(_printable(reason)) for reason in reasons)
        first = new_markdown_cell(f"<pre>For staff: please look at this submission\n{listed}</pre>")
        first.id = "course-review"
        notebook.cells.insert(0, first)
    return notebook


def _model(
    cell: NotebookNode, model_answers: Mapping[str, str], waiting: Container[str]
) -> list[NotebookNode]:
    """What stands above an open answer: the model answer, folded."""
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    if name not in waiting or name not in model_answers:
        return []
    summary = "<details><summary>For staff: a model answer, and what is marked</summary>"
    shown = new_markdown_cell(f"{summary}\n\n{model_answers[name]}\n\n</details>")
    shown.id = f"model-{name}"[:64]
    return [shown]


def answers(notebook: NotebookNode) -> dict[str, str]:
    """A hash of the text of each answer, open or code."""
    return {
        cell.metadata.nbgrader.grade_id: hashlib.sha256(
            cell.source.encode(errors="surrogatepass")
        ).hexdigest()
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }


def defused(markdown: str, pictures: Container[str] = ()) -> str:
    """A student's markdown that renders as it reads: no HTML, no entities, no active links.

    `pictures` are the names of those that the cell holds.
    """

    def picture(found: re.Match[str]) -> str:
        return (
            found[0]
            if found["plain"] and found["name"] in pictures
            else f"attach{JOINER}{found[0][6:]}"
        )

    text = ACTIVE_LINK.sub(rf"\1{JOINER}", ACTIVE.sub(JOINER, markdown))
    return PICTURE.sub(picture, text)


def _outputs(check: CheckResult | None) -> list[NotebookNode]:
    """nbgrader takes a test cell with an error for failed, and one without outputs for passed."""
    if check is None or check.status == "passed":
        return []
    public = _printable(check.public) or check.status
    lines = [f"{check.status}, {check.earned} of {check.points} points: {public}"]
    if check.values:
        lines.append(f"For staff:\n{_printable(check.values)}")
    ename = "hidden test" if check.hidden else check.status
    return [new_output("error", ename=ename, evalue=public, traceback=lines)]


def _printable(text: str) -> str:
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} [...]"
    return UNPRINTABLE.sub("\ufffd", cut)
