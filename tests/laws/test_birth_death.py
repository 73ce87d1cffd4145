"""What the chapter on birth and death claims, on other and smaller populations than it shows."""

import numpy as np
import pytest
import torch

from course_utils import data, models, theory
from course_utils.training import BirthDeath, train_particles

ETA = 0.02


def race(rules, *, d, m, n, seeds, n_steps, start=models.ParticleNetwork, **settings):
    """Students of each seed with each rule, and their history; losses of shape (K, S, rules)."""
    runs = [(seed, rule) for seed in seeds for rule in rules]
    students = [start(d, n, seed=seed) for seed, _ in runs]
    history = train_particles(
        students,
        [models.PlantedTeacher(d, m, seed=100 + seed) for seed, _ in runs],
        n_steps=n_steps,
        learning_rate=ETA,
        birth_death=[rule for _, rule in runs],
        seed=[seed for seed, _ in runs],
        **settings,
    )
    return students, history, history.losses.reshape(-1, len(seeds), len(rules))


def all_positive(d, n, *, seed):
    student = models.ParticleNetwork(d, n, seed=seed)
    with torch.no_grad():
        student.charges.copy_(student.weights.norm(dim=1))
    return student


def test_in_the_planted_problem_no_rule_beats_descent():
    """At 5000 steps cloning with alpha = 1 is behind on every seed, whatever its rates."""
    rules = [None, BirthDeath(1.0), BirthDeath(1.0, exact_rates=True)]
    *_, losses = race(rules, d=50, m=10, n=50, seeds=[11, 12, 13], n_steps=5000, record=[5000])
    assert (losses[0, :, 1:] > 1.05 * losses[0, :, :1]).all()


def test_lineages_only_die_out_unless_newcomers_come():
    rules = [BirthDeath(10.0, exact_rates=True), BirthDeath(10.0, prior=0.1, exact_rates=True)]
    _, history, _ = race(rules, d=10, m=5, n=30, seeds=[3], n_steps=1500)
    cloning, reinjection = history.distinct.T
    assert (np.diff(cloning) <= 0).all()
    assert cloning[-1] < 10
    assert (reinjection == 30).all()
    assert history.died[-1, 1] > 5  # there were some to be replaced


def test_from_the_bad_start_only_newcomers_get_out():
    """Four teachers, all of whom have negative charges: a factor of 10 at 5000 steps."""
    rules = [None, BirthDeath(1.0), BirthDeath(0.1, prior=50**-0.5, exact_rates=True)]
    seeds = [seed for seed in range(20, 30) if negative_charges(seed) > 1][:4]
    students, _, losses = race(
        rules, d=10, m=5, n=50, seeds=seeds, n_steps=5000, start=all_positive, record=[5000]
    )
    descent, cloning, reinjection = losses[0].T
    np.testing.assert_allclose(cloning, descent, rtol=0.05)
    assert (descent > 10 * reinjection).all()
    assert all((student.charges < 0).sum() > 3 for student in students[2::3])


def negative_charges(seed):
    return int((models.PlantedTeacher(10, 5, seed=100 + seed).charges < 0).sum())


def test_many_particles_in_few_dimensions_gain_a_factor_of_two_by_copying():
    rules = [None, BirthDeath(20 * 200 * ETA)]
    *_, losses = race(
        rules, d=5, m=5, n=200, seeds=range(30, 35), n_steps=60, batch_size=None, record=[60]
    )
    assert ((losses[0, :, 0] > 2 * losses[0, :, 1]).sum()) >= 4


@pytest.mark.parametrize("n_steps", [0, 300])
def test_the_variance_of_what_a_population_says_falls_like_one_over_its_size(n_steps):
    """From 40 to 640 particles by 16; 60 draws, whose variance is off by less than a quarter.

    f takes about 10 independent values over the sphere, so that the relative error of a mean
    variance is near sqrt(2 / (60 * 10)) = 0.06, and four of those are a quarter.
    """
    x = data.sphere_inputs(200, 5, seed=0)
    teacher, variances = models.PlantedTeacher(5, 5, seed=1), []
    for n in (40, 640):
        draws = [models.ParticleNetwork(5, n, seed=s) for s in range(60)]
        train_particles(
            draws, teacher, n_steps=n_steps, learning_rate=ETA, seed=0, record=[n_steps]
        )
        with torch.no_grad():
            variances.append(torch.stack([net(x) for net in draws]).var(dim=0).mean())
    assert variances[0] / variances[1] == pytest.approx(16, rel=0.4)
    if n_steps == 0:
        assert variances[1] == pytest.approx(1 / 6 / 640, rel=0.25)


def test_the_energy_of_a_crowd_falls_at_the_rate_of_motion_and_growth():
    """Over 20 steps of 600 particles; the births are random, and their share is the larger one."""
    n, alpha = 600, 20
    teacher, student = models.PlantedTeacher(5, 5, seed=1), models.ParticleNetwork(5, n, seed=2)
    before, predicted = models.population_loss(student, teacher) / 2, 0.0
    for k in range(20):
        motion, births = theory.energy_rates(*models.potentials(student, teacher), alpha=alpha)
        assert births < motion < 0
        predicted += 2 * ETA * (motion + births)
        train_particles(
            [student],
            teacher,
            n_steps=1,
            learning_rate=ETA,
            birth_death=[BirthDeath(alpha * n * ETA)],
            batch_size=None,
            seed=k,
        )
    lost = models.population_loss(student, teacher) / 2 - before
    assert lost == pytest.approx(predicted, rel=0.15)
