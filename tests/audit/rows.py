"""What the audit finds about one answer: a row of the table, and all that is wrong with it."""

import re
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

from course_utils.instructor.markup import Cell, Exercise
from tests import bank
from tests.audit.mutants import Mutant, mutants
from tests.audit.statement import Statement, statements
from tests.audit.trial import CPU, CPU_MUTANT, Outcome, Trial, checks_of, run

MOST = 1.0
"""Seconds of CPU time within which a visible check has to answer."""
MINUTES = re.compile(r"^## .*about ([^,)]+)", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """One answer of one exercise, in numbers."""

    assignment: str
    answer: str
    points: int
    minutes: str
    """As its heading says, such as "15 minutes"."""
    difficulty: str
    """Of 3, and so is the importance; both empty where the source does not say."""
    importance: str
    wrong: int
    right: int
    """The bank's, and the solution."""
    mutants: int
    """Without those that are equivalent."""
    equivalent: int
    seeds: int
    caught: int = 0
    named: int = 0
    """Wrong answers whose message names the mistake."""
    passed: int = 0
    killed: int = 0
    flakes: int = 0
    """Runs of right answers that failed, of `right * seeds`."""
    unseen: int = 0
    """Wrong answers and mutants that pass each visible part and fail a hidden one."""
    seconds: float = 0.0
    """CPU time of the slowest visible check, with the solution."""

    @property
    def runs(self) -> int:
        return self.right * self.seeds


@dataclass(frozen=True)
class Finding:
    """A row and what a person has to mend, a line each."""

    row: Row
    problems: tuple[str, ...]
    unseen: tuple[str, ...] = ()
    """Wrong answers and mutants that only a hidden part catches: no problem by itself."""


@dataclass(frozen=True)
class Begun:
    """The trials of one answer, on their way."""

    row: Row
    right: tuple[tuple[str, Future[Outcome]], ...]
    wrong: tuple[tuple[bank.Answer, Future[Outcome]], ...]
    mutants: tuple[tuple[Mutant, Future[Outcome]], ...]
    equivalent: dict[tuple[str, str], str]

    @property
    def futures(self) -> list[Future[Outcome]]:
        return [future for kind in (self.right, self.wrong, self.mutants) for _, future in kind]


def begin(
    assignment: str, executor: Executor, seeds: int, known: dict[str, dict]
) -> Iterator[Begun]:
    """Send all trials of an assignment to the pool, an answer at a time."""
    exercise = bank.load(assignment)
    for cell in exercise.cells:
        if cell.role != "exercise":
            continue

        def send(source: str, n: int = 1, answer: str = cell.name) -> Future[Outcome]:
            many = n > 1  # no check depends on another answer's draws: its own ones are enough
            return executor.submit(run, Trial(assignment, answer, source, tuple(range(n)), many))

        def send_wrong(source: str, cpu: int, answer: str = cell.name) -> Future[Outcome]:
            return executor.submit(run, Trial(assignment, answer, source, cpu=cpu, both_parts=True))

        right = [a for a in bank.answers(assignment, "right") if a.name == cell.name]
        wrong = [a for a in bank.answers(assignment, "wrong") if a.name == cell.name]
        made = mutants(cell.source)
        equivalent = known.get(f"{assignment}.{cell.name}", {})
        row = numbers(exercise, cell, seeds, set(equivalent))
        once = [(str(a), send(a.source)) for a in right]
        often = [(_solution(cell.name), send(cell.source, seeds))]
        often += [(str(a), send(a.source, seeds)) for a in right]
        yield Begun(
            row,
            (*once, *often) if seeds > 1 else (*once, often[0]),
            tuple((a, send_wrong(a.source, CPU)) for a in wrong),
            tuple((m, send_wrong(m.source, CPU_MUTANT)) for m in made),
            equivalent,
        )


def numbers(exercise: Exercise, cell: Cell, seeds: int, equivalent: set[tuple[str, str]]) -> Row:
    """What can be counted without running anything."""
    assignment = exercise.path.stem
    made = {mutant.key for mutant in mutants(cell.source)}
    about = _about(exercise, cell)
    return Row(
        assignment,
        cell.name,
        points=sum(check.points for check in checks_of(exercise, cell.name)),
        minutes=f"{about.minutes} minutes" if about else _minutes(exercise, cell),
        difficulty=str(about.difficulty) if about else "",
        importance=str(about.importance) if about else "",
        wrong=_banked(assignment, "wrong", cell.name),
        right=_banked(assignment, "right", cell.name) + 1,
        mutants=len(made - equivalent),
        equivalent=len(made & equivalent),
        seeds=seeds,
    )


def finish(begun: Begun) -> Finding:
    """The finding, once all trials are through."""
    row, where = begun.row, f"{begun.row.assignment}: {begun.row.answer}"
    problems: list[str] = []
    failing: dict[str, int] = {}
    for name, future in begun.right:
        outcome = future.result()
        if not outcome.passed:
            failing[name] = max(failing.get(name, 0), len(outcome.failed_seeds))
            seeds = ", ".join(map(str, outcome.failed_seeds[:5]))
            problems.append(f"{name}: right, but fails {_told(outcome)} with seed {seeds}")
    caught = named = 0
    for answer, future in begun.wrong:
        outcome = future.result()
        caught += not outcome.passed
        named += not outcome.passed and answer.message in outcome.message
        if outcome.passed:
            problems.append(f"{answer}: wrong, but passes")
    killed = 0
    for mutant, future in begun.mutants:
        dead, listed = not future.result().passed, mutant.key in begun.equivalent
        killed += dead and not listed
        if dead and listed:
            problems.append(f"{where}: listed as equivalent, but caught: {mutant}")
        if not dead and not listed:
            problems.append(f"{where}: alive: {mutant}")
    tried = [(str(answer), future.result()) for answer, future in begun.wrong]
    tried += [(f"{where}: {mutant}", future.result()) for mutant, future in begun.mutants]
    unseen = tuple(name for name, outcome in tried if outcome.past_visible)
    problems += [
        f"{name}: only the visible part of {outcome.check} catches it: ask for it in the hidden one"
        for name, outcome in tried
        if outcome.only_visible
    ]
    seconds = dict(begun.right)[_solution(row.answer)].result().seconds
    if seconds > MOST:
        problems.append(f"{where}: a visible check takes {seconds:.2g} s of CPU: at most {MOST:g}")
    gone = set(begun.equivalent) - {mutant.key for mutant, _ in begun.mutants}
    problems += [
        f"{where}: listed as equivalent, but no such mutant: {key}" for key in sorted(gone)
    ]
    done = replace(
        row,
        caught=caught,
        named=named,
        passed=row.right - len(failing),
        killed=killed,
        flakes=sum(failing.values()),
        unseen=len(unseen),
        seconds=seconds,
    )
    return Finding(done, tuple(problems), unseen)


def _solution(answer: str) -> str:
    return f"{answer}, the solution"


def _about(exercise: Exercise, cell: Cell) -> Statement | None:
    """What its source says around it; None for a notebook that does not yet say all of it."""
    try:
        return next(one for one in statements(exercise) if cell in one.cells)
    except ValueError:
        return None


def _banked(assignment: str, kind: str, name: str) -> int:
    return sum(answer.name == name for answer in bank.answers(assignment, kind))


def _minutes(exercise: Exercise, cell: Cell) -> str:
    """From the last heading above the answer cell."""
    texts = [c.source for c in exercise.cells[: exercise.cells.index(cell)] if c.role == "text"]
    found = [match[1] for text in texts for match in MINUTES.finditer(text)]
    return found[-1] if found else "?"


def _told(outcome: Outcome) -> str:
    return f"{outcome.check} ({outcome.message})" if outcome.message else f"by {outcome.check}"
