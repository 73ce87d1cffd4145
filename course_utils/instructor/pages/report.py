"""The class in pictures and tables: a page that can be shown to the class.

It holds public messages only. Names stand in one place, a list for review that is folded away.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from course_utils.instructor.markup import NAME
from course_utils.instructor.pages import report_figures
from course_utils.instructor.pages.item_analysis import FEWEST, SHARED, analyse
from course_utils.instructor.pages.safe_html import render
from course_utils.instructor.record import Record, write_whole

FOLDER = "reports"


def class_report(
    records: Iterable[Record], *, title: str, questions: Mapping[str, str] | None = None
) -> str:
    """The report of all records of an assignment; `questions` gives headings by grade id.

    Raises
    ------
    ValueError : for records of several assignments, and for numbers that are not finite.
    """
    figures = analyse(records)
    pictures = {}
    if len(figures.earned):
        pictures["scores"] = report_figures.score_distribution(figures)
        pictures["cpu"] = report_figures.cpu_time(figures)
    if figures.checks:
        pictures["checks"] = report_figures.endings(figures.checks)
    return render(
        "report.html",
        title=title,
        figures=figures,
        submissions=len(figures.earned),
        pictures=pictures,
        headings=questions or {},
        endings={name: statuses for name, (statuses, _) in report_figures.ENDINGS.items()},
        quartiles=np.percentile(figures.earned, [25, 50, 75]) if len(figures.earned) else None,
        cpu=np.percentile(figures.cpu, [50, 95]) if len(figures.cpu) else None,
        fewest=FEWEST,
        shared=SHARED,
    )


def write_report(
    root: Path,
    assignment: str,
    records: Iterable[Record],
    *,
    title: str,
    questions: Mapping[str, str] | None = None,
) -> Path:
    """Write `reports/NAME.html`, whole; returns where it lies."""
    if not NAME.fullmatch(assignment):
        raise ValueError(f"assignment {assignment!r}: give the name of a folder in exercises/")
    path = root / FOLDER / f"{assignment}.html"
    write_whole(path, class_report(records, title=title, questions=questions))
    return path
