"""Which assignment a notebook is, by what it holds, whatever its file is called."""

from collections.abc import Iterator, Mapping

from nbformat import NotebookNode

from course_utils.checks.cells import MARKER


def identity(notebook: NotebookNode, released: Mapping[str, NotebookNode]) -> str | None:
    """Which assignment a notebook from `read` is; None if that cannot be told.

    It is what `metadata.course.assignment` says, if that is one of the `released` notebooks. Else
    it is the release whose answers it holds most of, by their names in nbgrader's metadata, ids and
    markers: at least half of them, and more than of any other.
    """
    said = notebook.metadata.get("course", {}).get("assignment")
    if isinstance(said, str) and said in released:
        return said
    held, shares = set(_names(notebook)), []
    for name, release in released.items():
        names = set(_answers(release))
        if names and 2 * len(names & held) >= len(names):
            shares.append((len(names & held) / len(names), name))
    shares.sort(reverse=True)
    clear = shares and (len(shares) == 1 or shares[0][0] > shares[1][0])
    return shares[0][1] if clear else None


def _answers(release: NotebookNode) -> Iterator[str]:
    """Names of the cells of a released notebook that hold answers in code."""
    for cell in release.cells:
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
            yield cell.metadata.nbgrader.grade_id


def _names(notebook: NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        role = cell.metadata.get("nbgrader")
        yield cell.id
        yield from (
            name
            for name in (cell.metadata.get("id"), role and role.get("grade_id"))
            if isinstance(name, str)
        )
        if (match := MARKER.match(cell.source)) and match[1].lower() == "exercise":
            yield match[2]
