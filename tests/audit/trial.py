"""One answer, run against the checks of its exercise as often as there are seeds, in a fork.

An answer may loop for ever, eat memory, end its process or change a library: the fork bears it, and
the next one begins from the same clean state. Its time is CPU time, so that a busy machine decides
nothing.
"""

import contextlib
import functools
import multiprocessing
import os
import random
import resource
import signal
import tempfile
import time
import warnings
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

import matplotlib.pyplot as plt
import numpy as np
import torch

from course_utils.instructor.markup import Cell, Exercise
from course_utils.instructor.rules import answer_of
from tests import bank
from tests.audit import parts

CPU = 10
"""Seconds, unless a trial says another number. All checks together are to cost half a second."""
CPU_MUTANT = 3
"""For a mutant, which is often endless: what it has not come to by then, it never will."""
CPU_MORE = 2
"""Seconds for each further seed."""
IDLE = 20
"""Times its CPU seconds, after which an answer that only waits is ended."""
MEMORY = 4 << 30
"""Bytes of data. What the checks need is a tenth."""


@dataclass(frozen=True)
class Trial:
    """What is to be run."""

    assignment: str
    answer: str
    """The answer cell it stands in for; empty for the solution as it is, with all checks."""
    source: str
    seeds: tuple[int, ...] = (0,)
    """For the global generators of torch, NumPy and Python."""
    own_only: bool = False
    """Only the checks of this answer; else these first, then all others."""
    cpu: int = CPU
    """Seconds of CPU time for the first seed."""
    both_parts: bool = False
    """Where the visible part fails it, try the hidden part alone, too."""


@dataclass(frozen=True)
class Outcome:
    """The first check that failed; "" for both if none did."""

    check: str = ""
    """Or "time" or "died", where the process did not come to an end of its own."""
    message: str = ""
    """What a student may read of it."""
    failed_seeds: tuple[int, ...] = ()
    past_visible: bool = False
    """It failed, but no visible part did: a student is told nothing at once."""
    only_visible: bool = False
    """It failed a visible part, and the hidden part below it, run alone, would have let it pass."""
    seconds: float = 0.0
    """CPU time of the slowest visible part of the answer's own checks, with the first seed."""

    @property
    def passed(self) -> bool:
        return not self.check


def prepare() -> None:
    """Once in each process of the pool: one thread, no windows, as in a grading sandbox."""
    plt.switch_backend("agg")
    torch.set_num_threads(1)
    warnings.simplefilter("ignore")  # warnings in an answer cost nothing


def run(trial: Trial) -> Outcome:
    """The outcome of a trial, whatever it does."""
    _warm(trial.assignment)
    cpu = trial.cpu + CPU_MORE * (len(trial.seeds) - 1)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as folder, receiver:
        process = context.Process(target=_child, args=(trial, sender, folder, cpu), daemon=True)
        process.start()
        sender.close()
        try:
            if not receiver.poll(cpu * IDLE):
                return Outcome("time", "", trial.seeds)
            outcome: Outcome = receiver.recv()
            if trial.both_parts:
                with contextlib.suppress(EOFError):  # ended by the hidden part: it does not pass
                    if receiver.poll(cpu * IDLE):
                        return receiver.recv()
            return outcome
        except EOFError:  # nothing was sent
            process.join()
            timed_out = process.exitcode == -signal.SIGXCPU
            return Outcome("time" if timed_out else "died", "", trial.seeds)
        finally:
            process.kill()
            process.join()


def _child(trial: Trial, sender: Connection, folder: str, cpu: int) -> None:
    os.chdir(folder)
    _silence()
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    exercise = _load(trial.assignment)
    outcomes = [once(exercise, trial, seed) for seed in trial.seeds]
    failed = [n for n, outcome in enumerate(outcomes) if not outcome.passed]
    first = outcomes[failed[0] if failed else 0]
    seeds = tuple(trial.seeds[n] for n in failed)
    first = replace(first, failed_seeds=seeds, seconds=outcomes[0].seconds)
    sender.send(first)
    if trial.both_parts:  # on its own, since it may never end
        alone = not first.passed and not first.past_visible and _hidden_lets_pass(trial, first)
        sender.send(replace(first, only_visible=alone))


def once(exercise: Exercise, trial: Trial, seed: int) -> Outcome:
    """All cells in one namespace, then the checks until one fails."""
    _seed(seed)
    namespace = parts.answered(exercise, {trial.answer: trial.source})
    checks, slowest = _checks(exercise, trial), 0.0
    own = checks_of(exercise, trial.answer)
    for n, cell in enumerate(checks):
        visible, hidden = parts.split(cell)
        begun = time.process_time()
        error = parts.error_of(cell.name, visible, namespace)
        if cell in own:
            slowest = max(slowest, time.process_time() - begun)
        below = None if error else parts.error_of(cell.name, hidden, namespace)
        plt.close("all")
        if failure := error or below:
            unseen = not error and _pass_visibly(checks[n + 1 :], namespace)
            message = bank.public_message(failure)
            return Outcome(cell.name, message, past_visible=unseen, seconds=slowest)
    return Outcome(seconds=slowest)


def _pass_visibly(checks: list[Cell], namespace: parts.Namespace) -> bool:
    return all(
        parts.error_of(cell.name, parts.split(cell)[0], namespace) is None for cell in checks
    )


def _hidden_lets_pass(trial: Trial, outcome: Outcome) -> bool:
    """Whether the hidden part alone of the check that failed says nothing."""
    exercise = _load(trial.assignment)
    [check] = [cell for cell in exercise.cells if cell.name == outcome.check]
    _seed(outcome.failed_seeds[0])
    return parts.hidden_error(exercise, check, {trial.answer: trial.source}) is None


def _seed(seed: int) -> None:
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002 - the generator that answers use
    torch.manual_seed(seed)


def checks_of(exercise: Exercise, answer: str) -> list[Cell]:
    """The checks of one answer."""
    named = {cell.name for cell in exercise.cells if cell.role == "exercise"}
    checks = [cell for cell in exercise.cells if cell.role == "check"]
    return [cell for cell in checks if answer_of(cell.name, named) == answer]


def _checks(exercise: Exercise, trial: Trial) -> list[Cell]:
    """Those of the answer first: most mistakes end there, and no check needs another."""
    own = checks_of(exercise, trial.answer)
    others = [cell for cell in exercise.cells if cell.role == "check" and cell not in own]
    return own if trial.own_only else [*own, *others]


@functools.lru_cache
def _load(assignment: str) -> Exercise:
    return bank.load(assignment)


@functools.lru_cache
def _warm(assignment: str) -> None:
    """Import what the checks import, here and once instead of in each fork."""
    exercise = _load(assignment)
    with open(os.devnull, "w") as nothing, contextlib.redirect_stdout(nothing):
        once(exercise, Trial(assignment, "", ""), 0)
    plt.close("all")


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
