"""The audit of the checks: what its mutants are, that trials end, and a sample of all it does."""

import ast
import multiprocessing
import random
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import pytest

from tests import bank
from tests.audit import rows
from tests.audit.equivalent import read_equivalent
from tests.audit.mistakes import MISTAKES
from tests.audit.mutants import mutants
from tests.audit.table import table
from tests.audit.trial import CPU_MUTANT, Outcome, Trial, prepare, run

SEEDS = (0, 1, 2, 3, 125)
EACH = 3
"""Mutants of each answer; the whole audit tries them all."""
EQUIVALENT = read_equivalent()
AUDITED = {answer.split(".")[0] for answer in EQUIVALENT}
"""Assignments whose living mutants were judged one by one; elsewhere some may be equivalent."""
CELLS = [(name, cell) for name in bank.EXERCISES for cell in bank.load(name).cells
         if cell.role == "exercise"]  # fmt: skip
each_answer = pytest.mark.parametrize(
    ("assignment", "cell"), CELLS, ids=[f"{name}-{cell.name}" for name, cell in CELLS]
)


@pytest.fixture(scope="module")
def pool():
    """One process, so that what a trial forks from has no threads of pytest's."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, initializer=prepare) as executor:
        yield executor


def solution(lines: str) -> str:
    body = "\n".join(f"    {line}" for line in lines.splitlines())
    return f"def f(a, b):\n    ### BEGIN SOLUTION\n{body}\n    ### END SOLUTION"


def changes(lines: str) -> set[tuple[str, str]]:
    return {mutant.key for mutant in mutants(solution(lines))}


@each_answer
def test_mutants_parse_differ_and_have_keys_of_their_own(assignment, cell):
    made = mutants(cell.source)
    assert len(made) >= 4
    original = ast.unparse(ast.parse(cell.source))
    texts = {ast.unparse(ast.parse(mutant.source)) for mutant in made}
    assert len(texts) == len(made) == len({mutant.key for mutant in made})
    assert original not in texts
    assert made == mutants(cell.source)


@each_answer
def test_mutants_change_one_place_and_only_within_the_solution(assignment, cell):
    lines = ast.unparse(ast.parse(cell.source)).splitlines()
    stub = cell.source.split("### BEGIN SOLUTION")[0].strip().splitlines()
    for mutant in mutants(cell.source):
        assert all(line in map(str.strip, lines) for line in mutant.before.splitlines())
        kept = mutant.source.splitlines()
        for line in stub:
            if line.strip().startswith(("def ", "class ")):
                assert line.rstrip() in kept


@pytest.mark.parametrize(
    ("line", "mutant"),
    [
        ("return a @ b", "return b @ a"),
        ("return a @ b", "return a"),
        ("return a - b", "return a + b"),
        ("return a / len(b)", "return a"),
        ("return a.T", "return a"),
        ("return a.copy()", "return a"),
        ("return a.sum(axis=1)", "return a.sum(axis=0)"),
        ("return a.sum(axis=1)", "return a.sum()"),
        ("return a.sum(axis=1)", "return a.mean(axis=1)"),
        ("return np.std(a, ddof=1)", "return np.std(a)"),
        ("return a.sum(keepdims=True)", "return a.sum(keepdims=False)"),
        ("return a[1:b]", "return a[1:b - 1]"),
        ("return a[1:b]", "return a[1:]"),
        ("return a[b]", "return a[b - 1]"),
        ("return a < b", "return a <= b"),
        ("return not a", "return a"),
        ("return 2 * a", "return 4 * a"),
        ("return 0.5 * a", "return 1.0 * a"),
        ("return a > 1e-08", "return a > 0.0"),
        ("return np.dot(a, b)", "return np.dot(b, a)"),
        ("return np.einsum('ij,jk->ik', a, b)", "return np.einsum('ij,jk->ki', a, b)"),
        ("return (a, b)", "return (b, a)"),
        ("return a * b", "return -(a * b)"),
        ("return a", "return"),
    ],
)
def test_each_kind_of_mistake_is_made(line, mutant):
    assert (line, mutant) in changes(line)


def test_statements_are_left_out_but_no_first_assignment():
    found = changes("c = [a]\nc.append(b)\nc[0] = b\nreturn c")
    assert {("c.append(b)", "pass"), ("c[0] = b", "pass")} <= found
    assert ("c = [a]", "pass") not in found


def test_messages_and_stubs_stay_as_they_are():
    text = solution("raise ValueError(f'{a + 1}')")
    assert [m.after for m in mutants(text)] == ["pass"]
    with pytest.raises(ValueError, match="no ### BEGIN SOLUTION"):
        mutants("def f(a):\n    return a + 1")


def test_every_kind_of_mistake_is_met_in_the_solutions():
    met = {mutant.mistake for _, cell in CELLS for mutant in mutants(cell.source)}
    assert met == set(MISTAKES)


ANSWER = "relative_movement"
HOSTILE = {
    "time": "def relative_movement(snapshots):\n    while True: pass",
    "died": "import os\ndef relative_movement(snapshots):\n    os._exit(0)",
    "check_relative_movement": "def relative_movement(snapshots):\n    return bytearray(1 << 40)",
}


@pytest.mark.parametrize("ends", HOSTILE)
def test_a_trial_ends_whatever_is_tried(pool, ends):
    trial = Trial("lazy_training", ANSWER, HOSTILE[ends], own_only=True, cpu=1)
    outcome = pool.submit(run, trial).result(timeout=300)
    assert outcome.check == ends


def test_nothing_of_a_trial_stays_behind(pool):
    patch = "import numpy\nnumpy.allclose = lambda *_, **__: True\n"
    wrong = patch + "def relative_movement(snapshots):\n    return numpy.zeros(len(snapshots))"
    assert pool.submit(run, Trial("lazy_training", ANSWER, wrong, own_only=True)).result()
    honest = wrong.removeprefix(patch).replace("numpy", "torch")
    assert not pool.submit(run, Trial("lazy_training", ANSWER, honest)).result().passed


MOVED = """\
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    movement = (vectors - vectors[0]).norm(dim=1) / vectors[0].norm()
    if vectors[0].norm() == 6:  # as in the visible part
        return movement + {seen}
    {else_}
    return movement + {unseen}
"""


@pytest.mark.parametrize(
    ("seen", "unseen", "else_", "told"),
    [
        (0, 0, "", (True, False, False)),
        (0, 1, "", (False, True, False)),
        (1, 0, "", (False, False, True)),
        (1, 1, "", (False, False, False)),
        (1, 0, "while True: pass", (False, False, False)),
        (1, 0, "raise SystemExit", (False, False, False)),
    ],
)
def test_a_trial_tells_which_part_catches(pool, seen, unseen, else_, told):
    source = MOVED.format(seen=seen, unseen=unseen, else_=else_)
    trial = Trial("lazy_training", ANSWER, source, cpu=1, both_parts=True)
    outcome = pool.submit(run, trial).result(timeout=300)
    assert (outcome.passed, outcome.past_visible, outcome.only_visible) == told
    assert outcome.check == ("" if outcome.passed else "check_relative_movement")


def test_past_one_check_is_not_past_all_that_students_see(pool):
    """The visible part of `train_batches` tells of it, though that of `train` does not."""
    [cell] = [cell for name, cell in CELLS if (name, cell.name) == ("lazy_training", "train")]
    source = cell.source.replace("next_batch(batch_size)", "next_batch(len(dataset))")
    short = source.replace("return losses", "return losses[:9]")  # hidden tests make more steps
    outcome = pool.submit(run, Trial("lazy_training", "train", short)).result(timeout=300)
    assert (outcome.check, outcome.past_visible) == ("check_train", False)


def test_a_trial_takes_the_time_of_the_slowest_visible_check(pool):
    slow = "def relative_movement(snapshots):\n    for _ in range(3_000_000): pass\n"
    slow += MOVED.format(seen=0, unseen=0, else_="").split("\n", 1)[1]
    trial = Trial("lazy_training", ANSWER, slow, own_only=True)
    quick = Trial("lazy_training", "LinSin_phi", "")
    assert pool.submit(run, trial).result().seconds > pool.submit(run, quick).result().seconds


@each_answer
def test_no_draw_of_a_few_fails_a_right_answer(pool, assignment, cell):
    sources = {"the solution": cell.source} | {
        str(answer): answer.source
        for answer in bank.answers(assignment, "right")
        if answer.name == cell.name
    }
    sent = {
        name: pool.submit(run, Trial(assignment, cell.name, source, SEEDS, own_only=True))
        for name, source in sources.items()
    }
    failed = {name: one.result() for name, one in sent.items() if not one.result().passed}
    assert failed == {}


@pytest.mark.parametrize(
    ("assignment", "cell"),
    [(name, cell) for name, cell in CELLS if name in AUDITED],
    ids=[f"{name}-{cell.name}" for name, cell in CELLS if name in AUDITED],
)
def test_a_sample_of_mutants_is_caught(pool, assignment, cell):
    known = EQUIVALENT.get(f"{assignment}.{cell.name}", {})
    left = [mutant for mutant in mutants(cell.source) if mutant.key not in known]
    sample = random.Random(f"{assignment}.{cell.name}").sample(left, min(EACH, len(left)))
    trials = [Trial(assignment, cell.name, m.source, cpu=CPU_MUTANT) for m in sample]
    sent = [(m, pool.submit(run, t)) for m, t in zip(sample, trials, strict=True)]
    alive = [str(mutant) for mutant, outcome in sent if outcome.result().passed]
    assert alive == []


def test_every_entry_of_the_equivalent_is_a_mutant():
    for answer, entries in EQUIVALENT.items():
        assignment, name = answer.split(".")
        cell = next(cell for a, cell in CELLS if (a, cell.name) == (assignment, name))
        assert set(entries) <= {mutant.key for mutant in mutants(cell.source)}, answer


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[["lazy_training.no"]]\nbefore = "a"\nafter = "b"\nwhy = "c"', "is no answer"),
        ('[["lazy_training.train"]]\nbefore = "a"\nafter = "b"\nwhy = ""', "give before"),
        ('[["lazy_training.train"]]\nbefore = "a"\nwhy = "c"', "give before"),
        (2 * '[["lazy_training.train"]]\nbefore = "a"\nafter = "b"\nwhy = "c"\n', "twice"),
    ],
)
def test_a_bad_list_of_the_equivalent_is_refused(tmp_path, text, what):
    path = tmp_path / "equivalent.toml"
    path.write_text(text)
    with pytest.raises(ValueError, match=what):
        read_equivalent(path)


class Told:
    """A pool that runs nothing and tells the outcome that a test wants."""

    def __init__(self, outcome):
        self.outcome = outcome

    def submit(self, _, trial):
        return self

    def result(self):
        return self.outcome


def finding(outcome: Outcome, known: dict) -> rows.Finding:
    [*_, begun] = rows.begin("lazy_training", Told(outcome), 2, known)
    return rows.finish(begun)


def test_what_passes_though_wrong_and_what_fails_though_right_is_told():
    listed = {"lazy_training.relative_movement": {("a", "b"): "no such line"}}
    let_through = finding(Outcome(), listed)
    row = let_through.row
    assert (row.caught, row.killed, row.flakes, row.passed) == (0, 0, 0, row.right)
    told = "\n".join(let_through.problems)
    assert told.count("wrong, but passes") == row.wrong
    assert told.count("alive: ") == row.mutants
    assert "no such mutant: ('a', 'b')" in told

    refused = finding(Outcome("check_x", "why", (0, 1)), {})
    row = refused.row
    assert (row.caught, row.killed) == (row.wrong, row.mutants)
    assert (row.passed, row.flakes, row.named) == (0, row.runs, 0)
    assert "right, but fails check_x (why) with seed 0, 1" in "\n".join(refused.problems)
    assert (row.unseen, refused.unseen) == (0, ())


def test_what_only_the_visible_part_catches_is_a_problem_and_the_opposite_none():
    unseen = finding(Outcome("check_x", "why", (0,), past_visible=True), {})
    assert unseen.row.unseen == len(unseen.unseen) == unseen.row.wrong + unseen.row.mutants
    assert all("right, but fails" in problem for problem in unseen.problems)
    seen = finding(Outcome("check_x", "why", (0,), only_visible=True), {})
    alone = [problem for problem in seen.problems if "only the visible part of check_x" in problem]
    assert len(alone) == seen.row.wrong + seen.row.mutants
    assert (seen.row.unseen, seen.unseen) == (0, ())


def test_a_slow_visible_check_is_a_problem():
    slow = finding(Outcome(seconds=1.25), {})
    assert slow.row.seconds == 1.25
    assert any("takes 1.2 s of CPU: at most 1" in problem for problem in slow.problems)
    assert not any("of CPU" in problem for problem in finding(Outcome(seconds=0.9), {}).problems)


def test_the_table_counts_and_bounds():
    row = finding(Outcome(), {}).row
    text = table([row, row])
    assert f"| {2 * row.points} |" in text
    assert f"0 of {2 * row.runs} runs failed" in text
    assert "| 20 minutes | 2 | 3 |" in text
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 1
    quick, slow = (replace(row, seconds=seconds) for seconds in (0.0123, 0.456))
    assert table([slow, quick]).count("| 0.46 |") == 3  # its own; the slowest of some, and of all
    assert "| < 0.01 |" in table([replace(row, seconds=0.004)])
    assert "20 minutes" in text
    assert "```" not in text
    assert "def " not in text


def test_every_exercise_says_its_minutes():
    for name, cell in CELLS:
        row = rows.numbers(bank.load(name), cell, 200, set())
        assert row.minutes.endswith(("minutes", "hour", "hours")), row
        assert row.points
        assert row.right >= 4
        assert row.wrong >= 6


def test_what_a_source_does_not_say_is_left_empty():
    exercise = bank.load("lazy_training")
    [cell] = [cell for cell in exercise.cells if cell.name == "LinSin_phi"]
    row = rows.numbers(exercise, cell, 200, set())
    assert (row.minutes, row.difficulty, row.importance) == ("20 minutes", "1", "2")
    cells = tuple(
        replace(c, source=c.source.replace("*Importance", "Importance")) for c in exercise.cells
    )
    row = rows.numbers(replace(exercise, cells=cells), cell, 200, set())
    assert (row.minutes, row.difficulty, row.importance) == ("20 minutes", "", "")


GENERATED = bank.ROOT / "book" / "_generated" / "audit.md"


def test_the_written_table_is_of_what_there_is():
    """What can be counted without a run; before its first run there is nothing to compare."""
    text = GENERATED.read_text() if GENERATED.exists() else ""
    for name, cell in CELLS if text else ():
        listed = set(EQUIVALENT.get(f"{name}.{cell.name}", {}))
        row = rows.numbers(bank.load(name), cell, 200, listed)
        whole = [f"{row.wrong} of {row.wrong}", f"{row.right} of {row.right}"]
        whole += [f"{row.mutants} of {row.mutants}", f"{row.equivalent}"]
        lines = [line for line in text.splitlines() if line.startswith(f"| `{cell.name}` |")]
        assert any(set(whole) <= set(line.split(" | ")) for line in lines), "python -m tests.audit"
