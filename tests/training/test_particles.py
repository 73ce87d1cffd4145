"""Populations in training: against a loop over particles, and what stays as it was."""

import copy
import itertools
from collections.abc import Sequence

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from course_utils.models import ParticleNetwork, PlantedTeacher, population_loss
from course_utils.training import (
    BirthDeath,
    DivergedError,
    ParticleHistory,
    log_steps,
    train_particles,
)
from course_utils.training.draws import CHUNK
from tests.chance import assert_distribution
from tests.training.one_by_one import Path, train_one_by_one

few = settings(max_examples=3, deadline=None)
seeds = st.integers(0, 2**32 - 1)
double = {"dtype": torch.float64}
# float64, some hundred steps on numbers of about 1, of which none makes errors grow much.
TOLERANCE = 1e-11
# Over all inputs at once the angle of a particle with its own copy is off by sqrt(eps) = 1.5e-8,
# and so is the gradient: times a learning rate of 0.1 and some hundred steps.
EXACT = 1e-6

RULES = [
    None,
    BirthDeath(0.0),
    BirthDeath(1.0),
    BirthDeath(30.0),  # rates above 1
    BirthDeath(1.0, exact_rates=True),
    BirthDeath(1.0, prior=0.7),
    BirthDeath(10.0, prior=0.3, exact_rates=True),
]


def student(d: int = 2, n: int = 6, seed: int = 0, **kind) -> ParticleNetwork:
    return ParticleNetwork(d, n, seed=seed, **(kind or double))


def teacher(d: int = 2, n: int = 3, seed: int = 100, **kind) -> PlantedTeacher:
    return PlantedTeacher(d, n, seed=seed, **(kind or double))


def copies(network: ParticleNetwork, n: int) -> list[ParticleNetwork]:
    return [copy.deepcopy(network) for _ in range(n)]


def numbers(network: ParticleNetwork) -> list[torch.Tensor]:
    return [network.weights.detach().clone(), network.charges.detach().clone()]


def assert_same(one: ParticleNetwork, other: ParticleNetwork, tolerance: float = TOLERANCE) -> None:
    for received, expected in zip(numbers(one), numbers(other), strict=True):
        torch.testing.assert_close(received, expected, rtol=0, atol=tolerance)


def assert_histories(
    one: ParticleHistory, other: ParticleHistory, runs: Sequence[int], tolerance: float = TOLERANCE
) -> None:
    """The runs of `one` are those runs of `other`."""
    for name in ("losses", "paths", "replaced", "died", "copied", "kept", "distinct"):
        received, expected = getattr(one, name), getattr(other, name)[:, list(runs)]
        np.testing.assert_allclose(received, expected, rtol=0, atol=tolerance, err_msg=name)


# --- against a loop ---


def assert_run(history: ParticleHistory, run: int, path: Path, tolerance: float) -> None:
    """Every step of one run, recorded at each, is that of the loop."""
    positions = np.abs(path.charges)[..., None] * path.weights[..., :2]
    np.testing.assert_allclose(history.paths[:, run], positions, rtol=0, atol=tolerance)
    for name in ("died", "copied", "kept", "replaced", "distinct"):
        np.testing.assert_array_equal(getattr(history, name)[:, run], getattr(path, name), name)


@pytest.mark.parametrize(("d", "batch_size"), [(5, 7), (2, 7), (2, None)])
@few
@given(seeds)
def test_every_run_is_what_a_loop_over_its_particles_does(d, batch_size, seed):
    """On the circle the exact gradients of the loop come from quadrature."""
    rules = [r for r in RULES if d == 2 or not (r and r.exact_rates)]
    R, n_steps = len(rules), CHUNK + 20
    students = [student(d, seed=(seed + i) % 2**32) for i in range(R)]
    teachers = [teacher(d, seed=i) for i in range(R)]
    rates = np.linspace(0.03, 0.1, R)
    before = copy.deepcopy(students)
    history = train_particles(
        students,
        teachers,
        n_steps=n_steps,
        learning_rate=rates,
        birth_death=rules,
        batch_size=batch_size,
        seed=[seed, *range(1, R)],
        record=np.arange(n_steps + 1),
    )
    tolerance = TOLERANCE if batch_size else EXACT
    for i, rule in enumerate(rules):
        path = train_one_by_one(
            before[i],
            teachers[i],
            rule,
            n_steps=n_steps,
            learning_rate=rates[i],
            seed=[seed, *range(1, R)][i],
            batch_size=batch_size,
        )
        assert_run(history, i, path, tolerance)
        for received, expected in zip(
            numbers(students[i]), (path.weights[-1], path.charges[-1]), strict=True
        ):
            np.testing.assert_allclose(received, expected, rtol=0, atol=tolerance)
        for step in (0, 1, n_steps):
            with torch.no_grad():
                before[i].weights.copy_(torch.tensor(path.weights[step]))
                before[i].charges.copy_(torch.tensor(path.charges[step]))
            expected = population_loss(before[i], teachers[i])
            assert history.losses[step, i] == pytest.approx(expected, abs=tolerance)
    assert history.died[-1].any()  # so that there was something to compare
    assert history.copied[-1].any()
    assert not history.copied[:, [bool(r and r.prior) for r in rules]].any()
    assert not history.died[:, :2].any()


# --- what a run does not depend on ---


@pytest.mark.parametrize("batch_size", [5, None])
@few
@given(seeds)
def test_a_run_is_the_same_whoever_runs_beside_it(batch_size, seed):
    n_steps, R = 100, len(RULES)
    settings = {"n_steps": n_steps, "learning_rate": 0.05, "batch_size": batch_size}
    students = [student(n=8, seed=i) for i in range(R)]
    beside = copy.deepcopy(students)
    teachers, of_run = [teacher(seed=i) for i in range(R)], [seed, 0, seed, 1, 2, 2, seed]
    tolerance = TOLERANCE if batch_size else EXACT
    together = train_particles(beside, teachers, birth_death=RULES, seed=of_run, **settings)
    for i, rule in enumerate(RULES):
        single = train_particles(
            [students[i]], teachers[i], birth_death=[rule], seed=of_run[i], **settings
        )
        assert_histories(single, together, [i], tolerance)
        assert_same(students[i], beside[i], tolerance)


@pytest.mark.parametrize("rule", [None, BirthDeath(3.0), BirthDeath(3.0, prior=0.5)])
def test_what_is_recorded_changes_nothing_and_replaced_is_since_the_last_record(rule):
    runs, n_steps = [], 3 * CHUNK - 5
    records = [np.arange(n_steps + 1), [0, 3, 70, 71, n_steps], [n_steps], None]
    for record in records:
        trained = student(d=4, n=10)
        history = train_particles(
            [trained],
            teacher(4),
            n_steps=n_steps,
            learning_rate=0.05,
            birth_death=[rule],
            batch_size=10,
            seed=3,
            record=record,
        )
        runs.append((trained, history))
    last, whole = runs[0]
    assert np.array_equal(runs[-1][1].steps, log_steps(n_steps))
    for trained, history in runs[1:]:
        assert all(map(torch.equal, numbers(trained), numbers(last)))
        for name in ("losses", "paths", "died", "copied", "kept", "distinct"):
            at = getattr(whole, name)[history.steps]
            np.testing.assert_array_equal(getattr(history, name), at, name)
        ends = [0, *(history.steps + 1)]
        since = [whole.replaced[a:b].any(axis=0) for a, b in itertools.pairwise(ends)]
        np.testing.assert_array_equal(history.replaced, since)
    assert whole.replaced.any() == bool(rule)


def test_runs_of_one_seed_see_the_same_inputs_and_part_at_the_first_event():
    rules = [None, None, BirthDeath(1.0), BirthDeath(1.0, prior=1.0), BirthDeath(0.0), None]
    n_steps = 300
    history = train_particles(
        copies(student(d=4, n=10), 6),
        teacher(4),
        n_steps=n_steps,
        learning_rate=0.05,
        birth_death=rules,
        batch_size=10,
        seed=[1, 1, 1, 1, 1, 2],
        record=np.arange(n_steps + 1),
    )
    losses = history.losses
    np.testing.assert_array_equal(losses[:, 1], losses[:, 0])
    np.testing.assert_array_equal(losses[:, 4], losses[:, 0])
    assert (np.abs(losses[1:, 5] - losses[1:, 0]) > 1e-8).all()
    for i in (2, 3):
        events = history.replaced[:, i].any(axis=1)
        at = int(events.argmax())
        assert 0 < at < n_steps
        np.testing.assert_array_equal(losses[:at, i], losses[:at, 0])
        assert abs(losses[at, i] - losses[at, 0]) > 1e-8


def test_the_teacher_and_the_global_random_numbers_stay_as_they_are():
    state, planted = torch.get_rng_state(), teacher()
    before = numbers(planted)
    train_particles(
        [student()],
        planted,
        n_steps=20,
        learning_rate=0.1,
        birth_death=[BirthDeath(5.0, prior=1.0)],
        seed=0,
    )
    assert all(map(torch.equal, numbers(planted), before))
    assert torch.equal(torch.get_rng_state(), state)


# --- who is there afterwards ---


@pytest.mark.parametrize("prior", [None, 0.5])
@pytest.mark.parametrize("exact", [False, True])
def test_steps_that_would_empty_the_population_keep_it_and_are_counted(prior, exact):
    """All put out too much, so all do harm: rates above 0 and, with this alpha, far above 1."""
    first, small = student(n=5), teacher(n=1)
    with torch.no_grad():
        first.charges.abs_().add_(2)
        first.weights.abs_().add_(1)  # active together for some inputs, harmful on all
        small.charges.fill_(1e-3)
    n_steps = 30
    twins = copies(first, 2)
    history = train_particles(
        twins,
        small,
        n_steps=n_steps,
        learning_rate=1e-4,
        birth_death=[None, BirthDeath(1e9, prior=prior, exact_rates=exact)],
        batch_size=50,
        seed=0,
        record=np.arange(n_steps + 1),
    )
    assert history.kept.T.tolist() == [[0] * (n_steps + 1), list(range(n_steps + 1))]
    assert not history.died.any()
    assert not history.copied.any()
    assert not history.replaced.any()
    np.testing.assert_array_equal(history.losses[:, 1], history.losses[:, 0])
    assert all(map(torch.equal, *map(numbers, twins)))


@pytest.mark.parametrize("seed", [0, 1])
def test_newcomers_have_charge_zero_so_that_only_the_dead_are_missed(seed):
    prior, n, d = 0.7, 2000, 5
    before, planted = student(d, n, seed=seed), teacher(d)
    after = copy.deepcopy(before)
    history = train_particles(
        [after],
        planted,
        n_steps=1,
        learning_rate=1e-100,  # moves nothing
        birth_death=[BirthDeath(1e6, prior=prior, exact_rates=True)],
        seed=seed,
        record=[1],
    )
    dead = torch.tensor(history.replaced[0, 0])
    assert int(dead.sum()) == history.died[0, 0]
    assert 500 < history.died[0, 0] < 1500  # about half of them do harm
    assert not history.copied.any()
    # Survivors stay in their places.
    assert torch.equal(after.weights[~dead], before.weights[~dead])
    assert torch.equal(after.charges[~dead], before.charges[~dead])
    assert (after.charges[dead] == 0).all()
    assert_distribution(after.weights[dead].detach() / prior, norm.cdf)
    # The dead are those that do harm, and f loses what they put out and gains nothing.
    x = torch.randn(50, d, generator=torch.Generator().manual_seed(seed), **double)
    missed = (x @ before.weights[dead].T).relu() @ before.charges[dead]
    torch.testing.assert_close(after(x)[:, 0], before(x)[:, 0] - missed, rtol=0, atol=1e-12)


def test_a_dead_particle_is_a_copy_of_a_survivor_afterwards():
    before, n = student(5, 40), 40
    after = copy.deepcopy(before)
    history = train_particles(
        [after],
        teacher(5),
        n_steps=1,
        learning_rate=1e-100,
        birth_death=[BirthDeath(1e6)],
        seed=0,
        record=[1],
    )
    same = (after.weights[:, None] == before.weights).all(dim=-1)
    same &= after.charges[:, None] == before.charges
    assert same.sum(dim=1).tolist() == [1] * n  # weights and charge of one and the same particle
    stay = same.diagonal().numpy()
    np.testing.assert_array_equal(history.replaced[0, 0], ~stay)
    # With rates far beyond 1 all that do harm die, all others grow.
    assert int(history.died[0, 0] + history.copied[0, 0]) >= (~stay).sum() > 0


@pytest.mark.parametrize("prior", [0.5, None])
def test_a_single_particle_is_trained_and_can_only_be_kept(prior):
    rule = BirthDeath(1e6, prior=prior) if prior else None
    alone, twin = copies(student(n=1), 2)
    history = train_particles(
        [alone], teacher(), n_steps=20, learning_rate=0.05, birth_death=[rule], seed=0
    )
    train_particles([twin], teacher(), n_steps=20, learning_rate=0.05, seed=0)
    assert_same(alone, twin)
    assert not history.died.any()
    assert (history.kept[-1, 0] > 0) == bool(prior)


# --- descent ---


def drift(eta: float, n_steps: int, rule: BirthDeath | None = None) -> np.ndarray:
    trained = student(5, 10, seed=1)
    invariants = []
    for steps in (0, n_steps):
        train_particles(
            [trained],
            teacher(5),
            n_steps=steps,
            learning_rate=eta,
            birth_death=[rule],
            batch_size=None,
            seed=0,
        )
        weights, charges = numbers(trained)
        invariants.append(charges.square() - weights.square().sum(dim=1))
    return (invariants[1] - invariants[0]).numpy()


def test_charges_squared_minus_lengths_squared_are_conserved_by_small_steps():
    """A step changes them by eta^2 (|dL/dc|^2 - |dL/dtheta|^2) alone: half per time at eta / 2."""
    coarse, fine = drift(2e-3, 500), drift(1e-3, 1000)
    assert np.abs(coarse).max() < 1e-3
    np.testing.assert_allclose(fine, coarse / 2, rtol=0.02, atol=1e-9)  # the next order in eta


def test_from_a_bad_start_no_charge_changes_its_sign_unless_somebody_new_comes():
    """All charges positive and as large as the weights: c^2 = |theta|^2 holds them above 0."""
    first = student(5, 30, seed=2)
    with torch.no_grad():
        first.charges.copy_(first.weights.norm(dim=1))
    planted = teacher(5, 4)
    assert planted.charges.min() < 0 < planted.charges.max()
    runs = copies(first, 3)
    history = train_particles(
        runs,
        planted,
        n_steps=4000,
        learning_rate=0.02,
        birth_death=[None, BirthDeath(0.1), BirthDeath(0.1, prior=30**-0.5)],
        batch_size=50,
        seed=0,
    )
    descent, cloning, reinjection = (run.charges for run in runs)
    assert descent.min() > 0
    assert cloning.min() > 0
    assert reinjection.min() < -0.1
    assert history.copied[-1, 1] > 0
    assert history.died[-1, 2] > 0
    stuck, also_stuck, out = history.losses[-1]
    assert out < min(stuck, also_stuck) / 5  # measured: by a factor of 10 and more


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_students_keep_their_precision_and_can_be_trained_on(dtype):
    kinds = [torch.float32, torch.float64]
    students = [student(4, 6, seed=0, dtype=kind) for kind in kinds]
    exact, planted = student(4, 6, seed=0), teacher(4, dtype=dtype)
    with torch.no_grad():
        for z in (students[1], exact):
            z.weights.copy_(students[0].weights)
            z.charges.copy_(students[0].charges)
    settings = {"n_steps": 100, "learning_rate": 0.05, "batch_size": None, "seed": 0}
    history = train_particles(students, planted, dtype=dtype, **settings)
    train_particles([exact], planted.double(), **settings)
    assert history.losses.dtype == np.float64
    for trained, kind in zip(students, kinds, strict=True):
        assert trained.weights.dtype == trained.charges.dtype == kind
        # 100 steps of 0.05, each with the sqrt(eps) of angles where it computes in float32.
        assert_same(trained.double(), exact, 1e-3)
        trained(torch.ones(2, 4, **double)).sum().backward()
        assert all(p.grad is not None and p.is_leaf for p in trained.parameters())


def test_no_steps_at_all_are_a_look_at_the_start():
    first, planted = student(4), teacher(4)
    before = numbers(first)
    history = train_particles([first], planted, n_steps=0, learning_rate=0.1, seed=0)
    assert history.steps.tolist() == [0]
    assert history.losses[0, 0] == pytest.approx(population_loss(first, planted), rel=1e-12)
    np.testing.assert_array_equal(history.paths[0, 0], first.positions[:, :2])
    assert history.replaced.shape == (1, 1, 6)
    assert not history.replaced.any()
    assert all(map(torch.equal, numbers(first), before))


def test_inputs_of_one_number_have_paths_of_one():
    history = train_particles([student(1)], teacher(1), n_steps=5, learning_rate=0.1, seed=0)
    assert np.isfinite(history.losses).all()
    assert history.paths.shape[:3] == (len(history.steps), 1, 6)


# --- bad input ---


@pytest.mark.parametrize("batch_size", [10, None])
@pytest.mark.parametrize(
    "rule", [None, BirthDeath(1.0), BirthDeath(1.0, prior=1.0), BirthDeath(1.0, exact_rates=True)]
)
@pytest.mark.parametrize("n_steps", [20, 500])
def test_a_run_that_diverges_says_so_and_leaves_all_students_as_they_were(
    batch_size, rule, n_steps
):
    students = [student(4, seed=i) for i in range(3)]
    before = list(map(numbers, students))
    said = rf"run 1 left .*learning_rate=10000{' and alpha=1' if rule else ''}: try a smaller"
    with pytest.raises(DivergedError, match=said):
        train_particles(
            students,
            teacher(4),
            n_steps=n_steps,
            learning_rate=[0.01, 1e4, 0.02],
            birth_death=[rule] * 3,
            batch_size=batch_size,
            seed=0,
        )
    for trained, numbers_before in zip(students, before, strict=True):
        assert all(map(torch.equal, numbers(trained), numbers_before))


@pytest.mark.parametrize("prior", [None, 1.0])
def test_rates_that_overflow_are_no_reason_to_go_on_without_them(prior):
    """Weights are finite all the time, but alpha is none of float32's numbers."""
    first = student(dtype=torch.float32)
    before = numbers(first)
    with pytest.raises(DivergedError, match=r"run 0 left .* by step 5 .*alpha=inf: try a smaller"):
        train_particles(
            [first],
            teacher(dtype=torch.float32),
            n_steps=5,
            learning_rate=0.01,
            birth_death=[BirthDeath(1e39, prior=prior)],
            seed=0,
            record=[5],
        )
    assert all(map(torch.equal, numbers(first), before))


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"students": []}, "students: give a list of at least one ParticleNetwork"),
        ({"students": student()}, "students: give a list of at least one"),
        ({"students": [student(n=3), student(n=4)]}, r"students of .*\(3, 2\), \(4, 2\)"),
        ({"students": [student(d=3), student(d=2)]}, r"students of .*\(6, 2\), \(6, 3\)"),
        ({"teachers": teacher(3)}, "teacher sees inputs of 3 numbers and the student of 2"),
        ({"teachers": [teacher(2), teacher(3)]}, "teacher sees inputs of 3 numbers"),
        ({"teachers": [teacher()]}, "teachers has 1 entries: give one, or one for each"),
        ({"teachers": []}, "teachers has 0 entries"),
        ({"teachers": [teacher(n=3), teacher(n=4)]}, "teachers of different n_particles"),
        ({"birth_death": [None]}, "birth_death has 1 entries: give one for each of 2"),
        ({"birth_death": [None] * 3}, "birth_death has 3 entries"),
        ({"birth_death": []}, "birth_death has 0 entries"),
        ({"birth_death": BirthDeath(1.0)}, "birth_death=BirthDeath.*: give a list"),
        ({"birth_death": [1.0, None]}, r"birth_death\[0\]=1.0: give a BirthDeath or None"),
        ({"seed": [0]}, "seed has 1 entries: give one for each of 2"),
        ({"seed": [0, 1, 2]}, "seed has 3 entries"),
        ({"seed": -1}, "seed=-1: give a whole number of at least 0"),
        ({"seed": [0, 1.5]}, "seed=1.5"),
        ({"seed": None}, "seed=None"),
        ({"seed": True}, "seed=True"),
        ({"learning_rate": 0}, r"learning_rate=0\.0: give a finite number above 0"),
        ({"learning_rate": [0.1, -0.1]}, "learning_rate=-0.1"),
        ({"learning_rate": np.nan}, "learning_rate=nan"),
        ({"learning_rate": [0.1] * 3}, r"learning_rate has shape \(3,\)"),
        ({"n_steps": -1}, "n_steps=-1"),
        ({"n_steps": 1.5}, "n_steps=1.5"),
        ({"batch_size": 0}, "batch_size=0: give a whole number of at least 1"),
        ({"batch_size": 2.5}, "batch_size=2.5"),
        ({"batch_size": True}, "batch_size=True"),
        ({"record": [0, 6]}, r"record=\[0, 6\]: give increasing whole steps from 0 to n_steps=5"),
        ({"record": [3, 3]}, r"record=\[3, 3\]"),
        ({"record": [0.5]}, r"record=\[0.5\]"),
        ({"record": []}, r"record=\[\]"),
        ({"students": [student(n=1)] * 2, "birth_death": [None, BirthDeath(1.0)]}, "n_particles=1"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(changed, said):
    students = [student(seed=0), student(seed=1)]
    before = list(map(numbers, students))
    good = {
        "students": students,
        "teachers": teacher(),
        "n_steps": 5,
        "learning_rate": 0.1,
        "batch_size": 5,
        "seed": 0,
    }
    with pytest.raises(ValueError, match=said):
        train_particles(**(good | changed))
    for trained, numbers_before in zip(students, before, strict=True):
        assert all(map(torch.equal, numbers(trained), numbers_before))


@pytest.mark.cuda
def test_on_a_gpu_the_exact_descent_is_the_same():
    runs = copies(student(5, 20), 2)
    for trained, device in zip(runs, ("cpu", "cuda"), strict=True):
        train_particles(
            [trained],
            teacher(5),
            n_steps=100,
            learning_rate=0.05,
            batch_size=None,
            seed=0,
            device=device,
        )
        assert trained.weights.device.type == "cpu"
    assert_same(*runs, EXACT)
