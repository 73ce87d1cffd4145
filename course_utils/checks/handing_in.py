"""`before_submission`: a look at a notebook before it is handed in.

It says of each answer whether it is missing, untouched, or what its visible check says of it when
it runs again in a new Python; whether the notebook still says which one it is; and what to do.
Hidden tests are not in the notebook, so nothing is said of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_utils.checks.cells import MOST_CODE, Cell, Notebook, read_notebook
from course_utils.checks.own_notebook import NotFound, own_notebook
from course_utils.checks.plain_json import Refused
from course_utils.checks.rerun import Ran, rerun

AFRESH = "download the notebook again and put your answers into it"


@dataclass(frozen=True)
class Line:
    """What is said of one thing. What is `mend` is to be mended before handing in."""

    about: str
    text: str
    mend: bool = True


@dataclass(frozen=True, repr=False)
class Report:
    """What a look at a notebook gave; a notebook shows it as text."""

    file: str
    state: str
    lines: tuple[Line, ...]

    @property
    def is_ready(self) -> bool:
        """Whether there is nothing to mend."""
        return bool(self.file) and not self.to_mend

    @property
    def to_mend(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.mend)

    def __repr__(self) -> str:
        width = max((len(line.about) for line in self.lines), default=0)
        shown = [f"{self.file}, {self.state}", ""] if self.file else []
        for line in self.lines:
            text = line.text.replace("\n", "\n" + " " * (width + 4))
            shown.append(f"{'!' if line.mend else ' '} {line.about:<{width}}  {text}".rstrip())
        return "\n".join([*shown, *self._ending()])

    def _ending(self) -> list[str]:
        count = len(self.to_mend)
        if not self.file:
            return []
        if not count:
            return ["", f"Hand in {self.file}"]
        return ["", f"{count} {'things' if count > 1 else 'thing'} to mend first, marked by !"]


def before_submission(path: Any = None) -> Report:
    """Look at the notebook in which this is called, or at the one at `path`, before handing it in.

    As the last line of a cell it shows which answers are missing or untouched, what the visible
    checks say in a new Python, and what to do. In Jupyter and VS Code it reads the file: save
    first. It changes nothing, sends nothing, and raises nothing.

    >>> before_submission("nowhere.ipynb").is_ready
    False
    """
    try:
        own = own_notebook(path)
    except NotFound as error:
        return Report("", "", (Line("Not looked at:", str(error)),))
    try:
        notebook = read_notebook(own.data)
    except Refused as error:
        return Report(own.name, own.state, (Line("file", str(error)),))
    return Report(own.name, own.state, tuple(_lines(notebook)))


def _lines(notebook: Notebook) -> list[Line]:
    if not (notebook.answers or notebook.open):
        return [Line("notebook", "no exercise of this course: open the notebook with your answers")]
    found = _identity(notebook)
    given = {name: _given(notebook, name) for name in notebook.answers}
    written = [cell for cell in given.values() if isinstance(cell, Cell)]
    left = {name for name, cell in given.items() if isinstance(cell, Cell) and cell.is_untouched}
    checks = [c for c in notebook.having("check") if notebook.answer_of(c) not in left]
    ran: Mapping[int, Ran] = {}
    try:
        ran = rerun([*notebook.having("setup"), *written], checks) if checks else {}
    except OSError as error:
        found.append(Line("checks", f"not run, no new Python starts here ({error})", mend=False))
    for cell in notebook.having("setup"):
        if (how := ran.get(cell.number)) and how.error:
            text = f"it stopped: {_error(how, {})}; {AFRESH}"
            found.append(Line(f"cell {cell.number}", text))
    for name, what in given.items():
        found += [what] if isinstance(what, Line) else _answer(notebook, name, what, ran)
    found += [_open(notebook, name) for name in notebook.open]
    return found + _edited(notebook)


def _identity(notebook: Notebook) -> list[Line]:
    if notebook.assignment:
        return [Line("notebook", f"it is {notebook.assignment}", mend=False)]
    return [Line("notebook", f"it no longer says which exercise it is: {AFRESH}")]


def _given(notebook: Notebook, name: str) -> Cell | Line:
    """The cell that holds an answer, or what is wrong with it."""
    cells = [cell for cell in notebook.having("answer") if name in cell.names]
    texts = {cell.source.strip(): cell for cell in cells if not cell.is_untouched}
    if len(texts) > 1:
        which = " and ".join(str(cell.number) for cell in texts.values())
        return Line(name, f"cells {which} both say they are it: keep one, delete the other")
    if cells:
        return next(iter(texts.values()), cells[0])
    mark = f"# exercise: {name}"
    for cell in notebook.cells:
        if name in cell.names and cell.kind != "code":
            return Line(name, f"cell {cell.number} is no longer a code cell: turn it into one")
        if notebook.role(cell) in ("other", "setup") and name in cell.defines():
            lost = f"cell {cell.number} defines it, but lost its name"
            return Line(name, f"{lost}: write  {mark}  as its first line")
    return Line(name, f"missing: write it into a code cell with the first line  {mark}")


def _answer(notebook: Notebook, name: str, cell: Cell, ran: Mapping[int, Ran]) -> list[Line]:
    """What is to be said of an answer that is there: first what hinders, then its checks."""
    if cell.is_untouched:
        return [Line(name, f"untouched: write your answer into cell {cell.number}")]
    if len(cell.source) > MOST_CODE:
        text = f"cell {cell.number} has {len(cell.source)} characters, at most {MOST_CODE} are read"
        return [Line(name, f"{text}: keep only the answer in it")]
    found = _withheld(notebook, name, cell)
    others = _holders(notebook)
    own = ran.get(cell.number)
    checks = [check for check in notebook.having("check") if notebook.answer_of(check) == name]
    failed = [how for check in checks if (how := ran.get(check.number)) and how.error]
    passed = bool(checks) and not failed and all(check.number in ran for check in checks)
    if own and own.error and not passed:
        return [*found, Line(name, f"its cell stopped: {_error(own, others)}")]
    for how in failed:
        found.append(Line(name, _failed(how, name, cell, others)))
    if not checks:
        found.append(Line(name, "its check is not in the notebook; it will be graded", mend=False))
    elif any(check.number not in ran for check in checks) and not failed:
        found.append(Line(name, "its check was not run", mend=False))
    elif not failed:
        found.append(Line(name, "passed", mend=False))
    return [*found, *_no_marker(name, cell)]


def _holders(notebook: Notebook) -> dict[int, str]:
    """Which answer each cell is; those that no cell is stand under numbers below 0."""
    names = {
        c.number: n for c in notebook.having("answer") for n in notebook.answers if n in c.names
    }
    missing = [name for name in notebook.answers if name not in names.values()]
    return names | {-number: name for number, name in enumerate(missing, start=1)}


def _failed(how: Ran, name: str, cell: Cell, others: Mapping[int, str]) -> str:
    if how.error == "NotImplementedError":
        if how.at == cell.number:
            return f"untouched: cell {cell.number} still raises NotImplementedError"
        if needed := others.get(how.at):
            return f"it needs {needed}, and that still raises NotImplementedError"
    return how.text.removeprefix(f"{name}: ") if how.check else _error(how, others)


def _error(how: Ran, others: Mapping[int, str]) -> str:
    where = f" (cell {how.at}, line {how.line})" if how.at else ""
    if missing := next((n for n in others.values() if how.text.startswith(f"name {n!r}")), ""):
        return f"it needs {missing}, and that is missing"
    text = f"{how.error}: {how.text}{where}"
    if how.error == "NameError" and how.at in others:
        text += "\nOnly answers and set-up run when it is graded: put what it needs into its cell"
    return text


def _withheld(notebook: Notebook, name: str, cell: Cell) -> list[Line]:
    """Modules that the answer imports and may not use."""
    private = [f"course_utils.{module}" for module in notebook.withheld]
    used = {m for m in private for i in cell.imports() if f"{i}.".startswith(f"{m}.")}
    text = f"it may not use {', '.join(sorted(used))}: write it without"
    return [Line(name, text)] if used else []


def _no_marker(name: str, cell: Cell) -> list[Line]:
    """The first line is the one name that every tool keeps."""
    if cell.marker == ("exercise", name):
        return []
    text = f"write  # exercise: {name}  as the first line of cell {cell.number} again, to be sure"
    return [Line(name, text, mend=False)]


def _open(notebook: Notebook, name: str) -> Line:
    cells = [cell for cell in notebook.cells if name in cell.names]
    if not cells:
        return Line(name, f"missing, the open question: {AFRESH}")
    if all(cell.is_untouched for cell in cells):
        return Line(name, f"untouched: write your answer into cell {cells[0].number}, a text cell")
    return Line(name, "answered; a person reads it", mend=False)


def _edited(notebook: Notebook) -> list[Line]:
    """Cells of ours that were changed: it does no harm, but what is seen here may mislead."""
    ours = [*notebook.having("setup"), *notebook.having("check")]
    numbers = [str(cell.number) for cell in ours if cell.is_as_released is False]
    text = "changed; graded are set-up and checks as they were released, whatever stands here"
    which = f"cell{'s' * (len(numbers) > 1)} {', '.join(numbers[:10])}"
    return [Line(which, text, mend=False)] if numbers else []
