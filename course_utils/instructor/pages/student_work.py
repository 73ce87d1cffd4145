"""What stands beside a record on a feedback page: headings, answers, and what a person marked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from course_utils.instructor.pages.safe_markdown import BEGINNINGS


@dataclass(frozen=True)
class Mark:
    """What a person gave or wrote for a cell."""

    points: float | None = None
    """Replaces the automatic points; None leaves them."""
    comment: str = ""
    """Markdown."""


@dataclass(frozen=True)
class Work:
    """What stands beside a student's record: answers by grade id, and marks by grade id."""

    answers: Mapping[str, str] = field(default_factory=dict)
    open_answers: Mapping[str, str] = field(default_factory=dict)
    manual: Mapping[str, Mark] = field(default_factory=dict)
    late: str = ""
    """How late it was, in words; empty if it was in time."""
    penalty: float = 0.0
    """Points that are taken off for it."""


def headings(release: Any) -> dict[str, str]:
    """Of a released notebook: the heading above each answer, without what stands in brackets."""
    found: dict[str, str] = {}
    heading = ""
    for cell in release.cells:
        if cell.cell_type == "markdown":
            for match in re.finditer(r"^#+ +(.+)$", cell.source, re.MULTILINE):
                heading = re.sub(r"\s*\([^()]*points?,[^()]*\)$", "", match[1].strip())
        grader = cell.metadata.get("nbgrader", {})
        if grader.get("solution"):
            found[grader["grade_id"]] = heading or grader["grade_id"]
    return found


def work_in(notebook: Any, manual: Mapping[str, Mark]) -> Work:
    """The answers in a notebook that `rebuild` or autograde has made, beside a person's marks."""
    answers: dict[str, str] = {}
    open_answers: dict[str, str] = {}
    for cell in notebook.cells:
        grader = cell.metadata.get("nbgrader", {})
        if grader.get("solution") and cell.cell_type == "code":
            answers[grader["grade_id"]] = cell.source
        elif grader.get("solution"):
            open_answers[grader["grade_id"]] = _with_attachments(cell)
    return Work(answers, open_answers, manual)


def _with_attachments(cell: Any) -> str:
    """The text of a cell with the pictures that JupyterLab keeps beside it put into it."""

    def inline(match: re.Match[str]) -> str:
        bundle = cell.get("attachments", {}).get(unquote(match[1]), {})
        for kind in BEGINNINGS:
            if isinstance(data := bundle.get(f"image/{kind}"), str):
                return f"data:image/{kind};base64,{''.join(data.split())}"
        return match[0]

    return re.sub(r"attachment:([^\s()\"'<>]+)", inline, cell.source)
