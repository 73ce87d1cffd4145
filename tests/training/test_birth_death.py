"""One step of birth and death: against a loop over particles, laws of it, and frequencies."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from course_utils.training import BirthDeath, Replacements, replacements
from tests.chance import assert_mean
from tests.training.one_by_one import replace_one_by_one

many = settings(max_examples=100, deadline=None)
double = {"dtype": torch.float64}
TOP = {dtype: 1 - torch.finfo(dtype).eps / 2 for dtype in (torch.float32, torch.float64)}
"""The largest number below 1 that a uniform draw can be."""

rate = st.one_of(
    st.floats(-1.5, 1.5, width=32),
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 3.0, -3.0, 1e30, -1e30, 1e-30, 0.5, -0.5]),
)
draw = st.one_of(st.floats(0, 1, exclude_max=True, width=32), st.just(TOP[torch.float32]))


@st.composite
def runs(draw_from) -> tuple[Tensor, Tensor]:
    """Rates (R, n) and draws (R, 3, n): anything, all dying, all growing, one particle.

    The last draws order places; as two that are equal leave the order open, they are not.
    """
    R, n = draw_from(st.integers(1, 4)), draw_from(st.integers(1, 9))
    rates = [draw_from(st.lists(rate, min_size=n, max_size=n)) for _ in range(R)]
    for row in rates:
        sign = draw_from(st.sampled_from([0, 0, 1, -1]))
        row[:] = [abs(r) * sign if sign else r for r in row]
    uniform = [[draw_from(st.lists(draw, min_size=n, max_size=n)) for _ in range(2)] for _ in rates]
    seed = draw_from(st.integers(0, 2**32 - 1))
    order = torch.rand(R, 1, n, generator=torch.Generator().manual_seed(seed), **double)
    uniform = torch.tensor(uniform, **double).reshape(R, 2, n)
    return torch.tensor(rates, **double).reshape(R, n), torch.cat([uniform, order], dim=1)


def row(after: Replacements, i: int) -> tuple[list[int], list[bool], int, bool]:
    return (
        after.sources[i].tolist(),
        after.dead[i].tolist(),
        int(after.copied[i]),
        bool(after.kept[i]),
    )


# --- each step ---


@many
@given(runs())
def test_every_run_is_what_a_loop_over_its_particles_does(given_runs):
    rates, uniform = given_runs
    before = rates.clone(), uniform.clone()
    after = replacements(rates, uniform)
    R, n = rates.shape
    assert after.sources.shape == after.dead.shape == (R, n)
    assert after.copied.shape == after.kept.shape == (R,)
    for i in range(R):
        assert row(after, i) == tuple(replace_one_by_one(rates[i].tolist(), uniform[i].tolist()))
    assert torch.equal(rates, before[0])
    assert torch.equal(uniform, before[1])


@many
@given(runs())
def test_who_stands_where(given_runs):
    rates, uniform = given_runs
    after = replacements(rates, uniform)
    for i, (r, u) in enumerate(zip(rates.tolist(), uniform[:, 0].tolist(), strict=True)):
        sources, dead, copied, kept = row(after, i)
        n, places = len(r), range(len(r))
        # The population has as many particles as before, each a particle of before.
        assert len(sources) == n
        assert all(0 <= s < n for s in sources)
        # It dies with certainty from a rate of 1 on, and never at 0 or below, unless all would.
        assert kept == all(r[k] > 0 and u[k] < r[k] for k in places)
        assert not any(dead[k] and r[k] <= 0 for k in places)
        assert kept or all(dead[k] for k in places if r[k] >= 1)
        assert not any(dead[s] for s in sources)
        assert not kept or (sources == list(places) and not any(dead) and copied == 0)
        # Copies of growing particles take places of others, one each, while there are places.
        born = [k for k in places if r[k] < 0 and u[k] < -r[k]]
        assert copied == min(len(born), n - len(born))
        assert all(sources[k] == k for k in born)
        taken = [k for k in places if sources[k] != k and sources[k] in born and not dead[k]]
        assert len(taken) <= copied
        for b in born:
            assert sum(sources[k] == b and not dead[k] for k in places) <= 2  # itself and a copy
        if not any(dead):
            assert len(taken) == copied
        # What does not grow multiplies in the places of the dead alone.
        assert all(dead[k] for k in places if sources[k] != k and sources[k] not in born)


@many
@given(runs())
def test_a_run_is_the_same_alone(given_runs):
    rates, uniform = given_runs
    after = replacements(rates, uniform)
    for i in range(len(rates)):
        assert row(replacements(rates[i : i + 1], uniform[i : i + 1]), 0) == row(after, i)


@pytest.mark.parametrize("n", [1, 2, 7])
@pytest.mark.parametrize("certain", [1.0, 5.0])
def test_where_all_would_die_all_are_kept_and_where_all_grow_nothing_changes(n, certain):
    uniform = torch.rand(2, 3, n, generator=torch.Generator().manual_seed(n))
    after = replacements(torch.tensor([[certain], [-certain]]).expand(2, n), uniform)
    assert after.sources.tolist() == [list(range(n))] * 2
    assert not after.dead.any()
    assert after.copied.tolist() == [0, 0]
    assert after.kept.tolist() == [True, False]


@pytest.mark.parametrize("n", [2, 5])
def test_the_last_survivor_fills_every_place(n):
    rates = torch.full((n, n), 2.0).fill_diagonal_(0)
    uniform = torch.rand(n, 3, n, generator=torch.Generator().manual_seed(n))
    after = replacements(rates, uniform)
    assert after.sources.tolist() == [[i] * n for i in range(n)]
    assert after.dead.sum(dim=1).tolist() == [n - 1] * n


@pytest.mark.parametrize("dtype", TOP)
def test_draws_next_to_one_stay_inside_the_population(dtype):
    """The last survivor is chosen, and nobody beyond; 1 + (1 - eps/2) rounds to 2."""
    for n in range(1, 120):
        rates = torch.stack([torch.ones(n, dtype=dtype), torch.zeros(n, dtype=dtype)])
        rates[0, n // 2] = 0  # one survivor
        rates[1, : n // 2] = 1  # about half of them
        after = replacements(rates, torch.full((2, 3, n), TOP[dtype], dtype=dtype))
        assert after.sources[0].tolist() == [n // 2] * n
        assert after.sources[1].tolist() == [n - 1] * (n // 2) + list(range(n // 2, n))
        growing = replacements(-rates, torch.full((2, 3, n), TOP[dtype], dtype=dtype))
        assert growing.copied.tolist() == [min(n - 1, 1), n // 2]
        assert not growing.dead.any()


def test_nobody_moves_at_rate_zero_even_where_the_draw_is_zero():
    after = replacements(torch.zeros(3, 4), torch.zeros(3, 3, 4))
    assert after.sources.tolist() == [[0, 1, 2, 3]] * 3
    assert not after.dead.any()
    assert not after.copied.any()


# --- frequencies, with at most a hundred comparisons a test: see tests/chance.py ---

R = 30_000


def repeated(rates: list[float], seed: int, dtype: torch.dtype = torch.float32) -> Replacements:
    """The same rates in R runs, each with draws of its own."""
    generator = torch.Generator().manual_seed(seed)
    uniform = torch.rand(R, 3, len(rates), generator=generator, dtype=dtype)
    return replacements(torch.tensor(rates, dtype=dtype).expand(R, -1), uniform)


def assert_share(events: Tensor, expected: float | np.ndarray) -> None:
    """Events of shape (R, ...) are true in a share `expected` of the runs."""
    p = np.asarray(expected)
    assert_mean(events, p, np.sqrt(p * (1 - p)))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_particles_die_and_are_copied_with_their_probability_and_independently(dtype):
    rates = [0.02, 0.1, 0.3, 0.5, 0.9, 1.0, 2.0, 0.0, -0.02, -0.3, -0.5, -0.9, -1.0, -4.0]
    after = repeated(rates, seed=0, dtype=dtype)
    p = np.clip(rates, 0, 1)
    assert_share(after.dead, p)
    together = after.dead[:, :, None] & after.dead[:, None, :]
    assert_share(together, np.where(np.eye(len(p)) == 1, p, np.outer(p, p)))
    # Six particles can grow, and nine others always have a place for a copy.
    q = np.clip(-np.array(rates), 0, 1)
    assert_mean(after.copied, q.sum(), np.sqrt((q * (1 - q)).sum()))
    assert not after.kept.any()


def test_all_are_kept_as_often_as_all_would_die():
    rates = [0.5, 0.8, 0.9]
    after = repeated(rates, seed=1)
    assert_share(after.kept, 0.36)
    # A particle is dead unless it survives by chance or everybody is kept.
    assert_share(after.dead, np.array(rates) - 0.36)


def test_every_survivor_is_as_likely_to_fill_a_place_and_places_are_independent():
    after = repeated([2.0, 2, 0, 0, 0, 0, 0, 0], seed=2)
    pairs = torch.nn.functional.one_hot(after.sources[:, 0] * 8 + after.sources[:, 1], 64)
    survivor = np.arange(8) >= 2
    assert_share(pairs, np.outer(survivor, survivor).ravel() / 36)


def test_copies_take_different_places_and_each_pair_of_them_is_as_likely():
    after = repeated([-2.0, 0, 0, -2, 0, 0, 0], seed=3)
    assert after.copied.eq(2).all()
    first, second = ((after.sources == k).float() for k in (0, 3))
    at = first[:, :, None] * second[:, None, :]
    others = np.array([1, 2, 4, 5, 6])
    expected = np.zeros((7, 7))
    expected[np.ix_(others, others)] = 1 / 20
    expected[others, others] = 0
    expected[0, others] = expected[others, 3] = 1 / 5  # beside the particle itself
    expected[0, 3] = 1
    assert_share(at, expected)


def test_where_more_grow_than_there_are_places_who_is_copied_is_chance():
    after = repeated([-2.0, -2, -2, -2, -2, 0, 0], seed=4)
    assert after.copied.eq(2).all()
    pairs = torch.nn.functional.one_hot(after.sources[:, 5] * 7 + after.sources[:, 6], 49)
    expected = np.zeros((7, 7))
    expected[:5, :5] = (1 - np.eye(5)) / 20  # two different ones of five
    assert_share(pairs, expected.ravel())


def test_a_copy_takes_the_place_of_a_dead_particle_as_often_as_any_other():
    after = repeated([2.0, -2.0, 0, 0, 0], seed=5)
    assert after.copied.eq(1).all()
    copies = (after.sources == 1).float()
    # The place of the dead one: by birth 1/4, and if not, one of four survivors: 3/4 times 1/4.
    assert_share(copies, np.array([1 / 4 + 3 / 16, 1, 1 / 4, 1 / 4, 1 / 4]))


def test_on_average_numbers_change_by_their_rates():
    """In a large population a particle has 1 - (r - mean r) descendants, to first order in r."""
    n, r = 2000, 0.04
    rates = torch.tensor([r, -r, 0.0, 2 * r]).repeat(n // 4).expand(200, -1)
    uniform = torch.rand(200, 3, n, generator=torch.Generator().manual_seed(6), **double)
    sources = replacements(rates.double(), uniform).sources
    descendants = torch.stack([(sources % 4 == kind).sum(dim=1) for kind in range(4)], dim=1)
    # The next order, r^2 = 0.0016 times a few, and the noise of 1e5 particles of each kind, of
    # which a share of about 0.1 is exchanged.
    expected = 1 - (np.array([r, -r, 0, 2 * r]) - r / 2)
    noise = 6.5 * np.sqrt(0.1 / (200 * n / 4))
    np.testing.assert_allclose(
        descendants.double().mean(dim=0) / (n / 4), expected, atol=noise + 5 * r**2
    )


# --- bad input ---


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_rates_that_are_not_finite_are_named(value):
    rates = torch.zeros(2, 3)
    rates[1, 2] = value
    with pytest.raises(ValueError, match=r"(?s)rates=tensor.*give finite numbers; the run may"):
        replacements(rates, torch.rand(2, 3, 3, generator=torch.Generator().manual_seed(0)))


@pytest.mark.parametrize("alpha", [-1.0, -1e-9, np.nan, np.inf, True, "1", None])
def test_a_bad_alpha_is_named(alpha):
    with pytest.raises(ValueError, match=f"alpha={alpha!r}: give a finite number of at least 0"):
        BirthDeath(alpha)


@pytest.mark.parametrize("prior", [0.0, -1.0, np.nan, np.inf, True, "1"])
def test_a_bad_prior_is_named(prior):
    with pytest.raises(ValueError, match=f"prior={prior!r}: give a finite number above 0"):
        BirthDeath(1.0, prior=prior)


def test_a_rule_does_not_change():
    rule = BirthDeath(0, prior=2)
    with pytest.raises(AttributeError):
        rule.alpha = 1.0
    assert rule == BirthDeath(alpha=0, prior=2, exact_rates=False)
