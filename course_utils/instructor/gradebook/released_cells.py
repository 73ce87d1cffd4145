"""The cells of an assignment in nbgrader's gradebook, as `nbgrader generate_assignment` saves them.

nbgrader refuses to add or remove cells once there are submissions. Here they follow the source: a
new check gets an empty grade for each submission, a check that is gone goes with its grades. Only
marks that a person gave are never removed.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import preprocessors as passes
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import ColumnElement, delete, func, insert, or_, select
from sqlalchemy.orm import scoped_session

from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.notebooks import SOLUTIONS


@dataclass(frozen=True)
class Release:
    """What the gradebook has to know about an assignment."""

    assignment: str
    kernelspec: str
    graded: dict[str, tuple[float, str]]
    """Points and cell type of the cells that have marks."""
    solutions: frozenset[str]
    """Cells that students write in; each can have a comment."""
    sources: dict[str, dict[str, Any]]
    model_answers: dict[str, str]
    """To open questions, with what is marked: for staff."""

    @property
    def points(self) -> dict[str, float]:
        return {name: points for name, (points, _) in self.graded.items()}


@dataclass(frozen=True)
class Cells:
    """Ids in the gradebook, and which cells they stand for."""

    assignment: str
    notebook: str
    graded: dict[str, str]
    """Name of the cell by its id."""
    commented: dict[str, str]


def read(root: Path, assignment: str) -> Release:
    """The release as nbgrader makes it from the solution notebook, hidden tests included."""
    path = root / SOLUTIONS / assignment / f"{assignment}.ipynb"
    if Path(assignment).name != assignment or not path.is_file():
        known = sorted(p.parent.name for p in (root / SOLUTIONS).glob("*/*.ipynb"))
        raise ValueError(f"assignment={assignment!r}: choose one of {', '.join(known) or 'none'}")
    notebook, resources = nbformat.read(path, as_version=4), dict[str, Any]()
    model_answers = {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in notebook.cells
        if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("solution")
    }
    for step in (
        passes.LockCells,
        passes.ClearSolutions,
        passes.ClearOutput,
        passes.CheckCellMetadata,
        passes.ComputeChecksums,
    ):
        notebook, resources = step().preprocess(notebook, resources)
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    return Release(
        assignment=assignment,
        kernelspec=json.dumps(notebook.metadata.get("kernelspec", {})),
        graded={
            cell.metadata.nbgrader.grade_id: (float(cell.metadata.nbgrader.points), cell.cell_type)
            for cell in marked
            if utils.is_grade(cell)
        },
        solutions=frozenset(c.metadata.nbgrader.grade_id for c in marked if utils.is_solution(c)),
        sources={
            cell.metadata.nbgrader.grade_id: {
                "cell_type": cell.cell_type,
                "locked": utils.is_locked(cell),
                "source": cell.source,
                "checksum": cell.metadata.nbgrader.get("checksum"),
            }
            for cell in marked
            if utils.is_grade(cell) or utils.is_solution(cell) or utils.is_locked(cell)
        },
        model_answers=model_answers,
    )


def find(session: scoped_session, assignment: str) -> Cells | None:
    """The cells that the gradebook knows; None if it does not know the assignment."""
    query = select(Notebook.assignment_id, Notebook.id).join(Notebook.assignment)
    found = session.execute(
        query.where(Assignment.name == assignment, Notebook.name == assignment)
    ).one_or_none()
    if found is None:
        return None
    cells = session.execute(
        select(BaseCell.id, BaseCell.name, BaseCell.type).where(BaseCell.notebook_id == found.id)
    ).all()
    return Cells(
        found.assignment_id,
        found.id,
        graded={cell.id: cell.name for cell in cells if cell.type == "GradeCell"},
        commented={cell.id: cell.name for cell in cells if cell.type == "SolutionCell"},
    )


def highest(session: scoped_session, cells: Cells) -> dict[str, float]:
    """The points that the gradebook has for each cell."""
    query = select(GradeCell.name, GradeCell.max_score).where(GradeCell.id.in_(list(cells.graded)))
    return dict(session.execute(query).all())


def bring_in(session: scoped_session, course: str, release: Release) -> Cells:
    """Make the gradebook's cells those of the release; the caller commits."""
    name = release.assignment
    assignment = session.query(Assignment).filter_by(name=name).one_or_none()
    if assignment is None:
        assignment = Assignment(name=name, course_id=course)
    notebook = next((n for n in assignment.notebooks if n.name == name), None)
    if notebook is None:
        notebook = Notebook(name=name, assignment=assignment)
    session.add_all([assignment, notebook])
    notebook.kernelspec = release.kernelspec
    session.flush()

    known = {(type(cell), cell.name): cell for cell in notebook._base_cells}
    for cell_name, (points, cell_type) in release.graded.items():
        cell = known.pop((GradeCell, cell_name), None)
        if cell is None:
            cell = GradeCell(name=cell_name, notebook_id=notebook.id)
        cell.max_score, cell.cell_type = points, cell_type
        _add(session, cell, Grade)
    for cell_name in release.solutions:
        if known.pop((SolutionCell, cell_name), None) is None:
            _add(session, SolutionCell(name=cell_name, notebook_id=notebook.id), Comment)
    for cell in known.values():
        if isinstance(cell, GradeCell | SolutionCell):
            _remove(session, name, cell)

    sources = {cell.name: cell for cell in notebook.source_cells}
    for cell_name, fields in release.sources.items():
        source = sources.pop(cell_name, None) or SourceCell(name=cell_name, notebook=notebook)
        session.add(source)
        for field, value in fields.items():
            setattr(source, field, value)
    for source in sources.values():
        session.delete(source)
    session.flush()
    session.expire_all()
    cells = find(session, name)
    assert cells is not None
    return cells


def _add(session: scoped_session, cell: BaseCell, kind: type[Grade] | type[Comment]) -> None:
    """Add a cell if it is new, with an empty grade or comment in every submission there is."""
    if cell.id is not None:
        return
    session.add(cell)
    session.flush()
    submitted = session.scalars(
        select(SubmittedNotebook.id).where(SubmittedNotebook.notebook_id == cell.notebook_id)
    ).all()
    if submitted:
        rows = [{"id": new_uuid(), "cell_id": cell.id, "notebook_id": one} for one in submitted]
        session.execute(insert(kind), rows)


def _remove(session: scoped_session, assignment: str, cell: BaseCell) -> None:
    kind, by_hand = _by_hand(cell)
    of_cell = kind.cell_id == cell.id
    if kept := session.scalar(select(func.count()).select_from(kind).where(of_cell, by_hand)):
        raise GradebookError(
            f"{assignment}: {cell.name!r} is gone from the source, and {kept} marks or comments "
            "were given to it by hand: bring it back, or clear them in the formgrader"
        )
    session.execute(delete(kind).where(of_cell))
    session.delete(cell)


def _by_hand(cell: BaseCell) -> tuple[type[Grade] | type[Comment], ColumnElement[bool]]:
    if isinstance(cell, GradeCell):
        return Grade, or_(Grade.manual_score.is_not(None), Grade.extra_credit.is_not(None))
    return Comment, Comment.manual_comment.is_not(None)
