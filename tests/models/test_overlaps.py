"""Closed forms over the sphere: against quadrature, samples, finite differences, and their laws."""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import roots_jacobi
from torch import Tensor

from course_utils.data import sphere_inputs
from course_utils.models import (
    ParticleNetwork,
    PlantedTeacher,
    population_loss,
    potentials,
    relu_overlaps,
)
from course_utils.models.overlaps import (
    charge_gradients,
    difference,
    population_gradients,
    quadratic_loss,
)
from tests.chance import assert_mean
from tests.models.circle import circle, in_their_plane, mean_products, mean_square

few = settings(max_examples=30, deadline=None)
seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
double = {"dtype": torch.float64}
# What float64 leaves: sums of some dozen numbers of about 1, and the cancellation in
# sin phi + (pi - phi) cos phi where two neurons are nearly opposite.
TOLERANCE = 1e-13


def normal(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), **double)


def assert_close(received: Tensor, expected: Tensor, tolerance: float = TOLERANCE) -> None:
    """Equal to a share `tolerance` of the largest number expected, or of 1."""
    assert received.shape == expected.shape
    scale = 1 + float(expected.abs().max()) if expected.numel() else 1.0
    torch.testing.assert_close(received, expected, rtol=0, atol=tolerance * scale)


def radial_share(d: int) -> float:
    """E[|P x|^2] for the projection P on a plane, from its density (1 - r^2)^(d/2 - 2) r."""
    if d == 2:
        return 1.0
    nodes, weights = roots_jacobi(3, d / 2 - 2, 0)  # in 2 r^2 - 1
    return float(weights @ (1 + nodes) / 2 / weights.sum())


# --- overlaps ---


@few
@given(st.integers(0, 5), st.integers(0, 5), seeds)
def test_on_the_circle_overlaps_are_those_of_quadrature(n, m, seed):
    a, b = normal(n, 2, seed=seed), normal(m, 2, seed=seed // 2)
    assert_close(relu_overlaps(a, b), mean_products(a, b))


@few
@given(st.integers(2, 60), seeds)
def test_in_any_dimension_two_vectors_share_what_their_plane_sees(d, seed):
    a, b = normal(2, d, seed=seed).numpy()
    flat = [torch.tensor(z)[None] for z in in_their_plane(a, b)]
    expected = radial_share(d) * mean_products(*flat)
    assert_close(relu_overlaps(torch.tensor(a)[None], torch.tensor(b)[None]) * d, expected * d)


def test_on_a_line_half_of_the_inputs_count_for_each_sign():
    a, b = torch.tensor([[2.0], [-3.0]], **double), torch.tensor([[5.0], [-0.5], [0.0]], **double)
    signs = torch.tensor([1.0, -1.0], **double)
    both = [[[max(0, u * s) * max(0, v * s) for s in signs] for v in b] for u in a]
    assert_close(relu_overlaps(a, b), torch.tensor(both, **double).mean(dim=-1))


def test_in_three_dimensions_a_sample_says_the_same():
    a, b = normal(4, 3, seed=1), normal(5, 3, seed=2)
    x = sphere_inputs(100_000, 3, seed=3, **double)
    h, k = (x @ a.T).clamp_min(0), (x @ b.T).clamp_min(0)
    products = h[:, :, None] * k[:, None, :]
    assert_mean(products, relu_overlaps(a, b).numpy(), products.std(dim=0).numpy())


@few
@given(st.integers(1, 20), st.floats(1e-3, 1e3), seeds)
def test_parallel_opposite_and_orthogonal_vectors(d, factor, seed):
    a = normal(1, d, seed=seed)
    square = float(a.square().sum())
    received = relu_overlaps(a, torch.cat([factor * a, -factor * a, 0 * a]))
    # E[relu(u)^2] is half of E[u^2] = |a|^2 / d; opposite neurons are never active together. Close
    # to phi = pi the sum sin phi + (pi - phi) cos phi starts with the cube of sqrt(eps): below eps.
    expected = torch.tensor([[factor * square / (2 * d), 0, 0]], **double)
    torch.testing.assert_close(received, expected, rtol=1e-14, atol=1e-15 * factor * square)
    if d > 1:
        b = normal(1, d, seed=seed // 2 + 1)
        b -= (a @ b.T) / square * a
        lengths = float(a.norm() * b.norm())
        across = lengths / (2 * math.pi * d)  # E |u| |v| / 4 in a plane with u and v as axes
        assert float(relu_overlaps(a, b)) == pytest.approx(across, rel=1e-12)


def test_a_vector_of_length_zero_shares_nothing_and_gives_no_nan():
    a = torch.tensor([[0.0, 0.0], [1.0, 2.0]], **double)
    received = relu_overlaps(a, a)
    assert received.isfinite().all()
    assert (received[0] == 0).all()
    assert (received[:, 0] == 0).all()
    assert float(received[1, 1]) == pytest.approx(5 / 4)


@few
@given(
    st.integers(1, 12), st.integers(1, 5), seeds, st.sampled_from([torch.float32, torch.float64])
)
def test_overlaps_are_symmetric_homogeneous_and_positive(n, d, seed, dtype):
    a = normal(n, d, seed=seed).to(dtype)
    a = torch.cat([a, a[:2], -a[:1], 0 * a[:1]])  # twins, opposites and nothing among them
    k = relu_overlaps(a, a)
    eps = torch.finfo(k.dtype).eps
    scale = float(k.diagonal().max())
    torch.testing.assert_close(k, k.T, rtol=0, atol=8 * eps * scale)
    scales = torch.linspace(0.5, 3, len(a), dtype=a.dtype)
    assert_close(relu_overlaps(scales[:, None] * a, a), scales[:, None] * k, 100 * eps)
    # E[(sum_i q_i relu)^2] is never negative. The entries are off by some eps each, so an
    # eigenvalue of 0 can come out as far below as n times that.
    lowest = torch.linalg.eigvalsh((k + k.T) / 2)[0]
    assert lowest >= -20 * len(a) * eps * scale


@few
@given(st.sampled_from([(), (1,), (3,), (2, 3), (0,)]), sizes, sizes, sizes, seeds)
def test_leading_axes_are_batches(leading, n, m, d, seed):
    a, b = normal(*leading, n, d, seed=seed), normal(*leading, m, d, seed=seed // 2)
    k = relu_overlaps(a, b)
    assert k.shape == (*leading, n, m)
    weights, charges = torch.cat([a, b], dim=-2), normal(*leading, n + m, seed=seed // 3)
    losses, slopes = quadratic_loss(weights, charges), charge_gradients(weights, charges, n)
    by_weight, by_charge = population_gradients(weights, charges, n)
    assert losses.shape == leading
    assert slopes.shape == by_charge.shape == (*leading, n)
    assert by_weight.shape == (*leading, n, d)
    for i in itertools.product(*map(range, leading)):
        assert_close(k[i], relu_overlaps(a[i], b[i]))
        assert_close(losses[i], quadratic_loss(weights[i], charges[i]))
        assert_close(slopes[i], charge_gradients(weights[i], charges[i], n))
        alone = population_gradients(weights[i], charges[i], n)
        assert_close(by_weight[i], alone[0])
        assert_close(by_charge[i], alone[1])


@few
@given(sizes, sizes, seeds)
def test_single_precision_is_close_to_double(n, d, seed):
    weights, charges = normal(n + 3, d, seed=seed), normal(n + 3, seed=seed // 2)
    weights[-1] = weights[0]  # parallel, where rounding hurts the angle most
    w, q = weights.float(), charges.float()
    weights, charges = w.double(), q.double()
    # Some ten numbers of about 1, up to 6 + 3 of them in a sum, with eps = 1.2e-7.
    assert_close(relu_overlaps(w, w).double(), relu_overlaps(weights, weights), 1e-5)
    assert_close(quadratic_loss(w, q).double(), quadratic_loss(weights, charges), 1e-5)
    # In the gradient the angle itself counts, which is off by sqrt(eps) = 3.5e-4 near 0 and pi.
    for received, expected in zip(
        population_gradients(w, q, n), population_gradients(weights, charges, n), strict=True
    ):
        assert received.dtype == torch.float32
        assert_close(received.double(), expected, 2e-3)


# --- the loss ---


def pair(d: int, n: int, m: int, seed: int) -> tuple[ParticleNetwork, PlantedTeacher]:
    return ParticleNetwork(d, n, seed=seed, **double), PlantedTeacher(d, m, seed=seed + 1, **double)


@few
@given(sizes, sizes, sizes, seeds)
def test_the_difference_is_one_network(d, n, m, seed):
    student, teacher = pair(d, n, m, seed)
    x = normal(9, d, seed=seed)
    weights, charges = difference(student, teacher)
    residual = (x @ weights.T).clamp_min(0) @ charges
    assert_close(residual, (student(x) - teacher(x))[:, 0].detach(), 1e-13)
    assert torch.equal(weights[:n], student.weights)
    assert torch.equal(charges[:n], student.charges)
    assert not weights.requires_grad
    assert not charges.requires_grad


@few
@given(sizes, sizes, seeds)
def test_on_the_circle_the_loss_is_that_of_quadrature(n, m, seed):
    student, teacher = pair(2, n, m, seed)
    x, share = circle(student.weights, teacher.weights)
    expected = share @ (student(x) - teacher(x))[:, 0].detach().square()
    assert population_loss(student, teacher) == pytest.approx(float(expected), rel=1e-11)


def test_in_five_dimensions_the_loss_is_the_mean_square_of_a_sample():
    student, teacher = pair(5, 20, 4, seed=0)
    x = sphere_inputs(200_000, 5, seed=1, **double)
    squares = (student(x) - teacher(x))[:, 0].detach().square().numpy()
    assert_mean(squares, population_loss(student, teacher), squares.std())


@few
@given(sizes, sizes, seeds)
def test_a_teacher_has_no_loss_however_its_neurons_are_written(d, m, seed):
    teacher = PlantedTeacher(d, m, seed=seed, **double)
    student = ParticleNetwork(d, 2 * m, seed=0, **double)
    order = torch.randperm(2 * m, generator=torch.Generator().manual_seed(seed))
    scales = torch.linspace(0.3, 3, 2 * m, **double)
    with torch.no_grad():  # each neuron twice with half of its charge, shuffled, rescaled
        weights = teacher.weights.repeat(2, 1)[order]
        student.weights.copy_(weights * scales[:, None])
        student.charges.copy_(teacher.charges.repeat(2)[order] / scales / 2)
    size = float(quadratic_loss(*(z.detach() for z in (teacher.weights, teacher.charges.abs()))))
    assert abs(population_loss(teacher, teacher)) <= 1e-14 * size
    assert abs(population_loss(student, teacher)) <= 1e-14 * size


@few
@given(st.integers(2, 6), sizes, sizes, seeds)
def test_turning_student_and_teacher_together_changes_nothing(d, n, m, seed):
    student, teacher = pair(d, n, m, seed)
    before = population_loss(student, teacher)
    turn = torch.linalg.qr(normal(d, d, seed=seed))[0]
    with torch.no_grad():
        for network in (student, teacher):
            network.weights.copy_(network.weights @ turn.T)
    assert population_loss(student, teacher) == pytest.approx(before, rel=1e-10, abs=1e-14)


def test_single_precision_networks_have_a_loss_in_double():
    student, teacher = ParticleNetwork(5, 8, seed=0), PlantedTeacher(5, 3, seed=1)
    loss = population_loss(student, teacher)
    assert isinstance(loss, float)
    same = population_loss(student.double(), teacher.double())
    assert loss == pytest.approx(same, rel=1e-13)


def test_a_teacher_of_another_dimension_is_named():
    student, teacher = ParticleNetwork(4, 3, seed=0), PlantedTeacher(5, 3, seed=0)
    for call in (difference, population_loss, potentials):
        with pytest.raises(ValueError, match=r"teacher sees inputs of 5 numbers.*student of 4"):
            call(student, teacher)


# --- gradients and potentials ---


@few
@given(sizes, st.integers(0, 4), seeds)
def test_on_the_circle_gradients_are_autograds_of_the_quadrature(n, m, seed):
    weights, charges = normal(n + m, 2, seed=seed), normal(n + m, seed=seed // 2)
    leaves = weights.clone().requires_grad_(), charges.clone().requires_grad_()
    by_weight, by_charge = torch.autograd.grad(mean_square(*leaves), leaves)
    received = population_gradients(weights, charges, n)
    # With itself a neuron has the angle 0, computed as up to sqrt(eps) = 1.5e-8.
    assert_close(received[0], by_weight[:n], 1e-7)
    assert_close(received[1], by_charge[:n])
    assert_close(charge_gradients(weights, charges, n), by_charge[:n])


@settings(few, max_examples=10)
@given(st.integers(2, 6), sizes, st.integers(0, 4), seeds)
def test_gradients_are_finite_differences_of_the_loss(d, n, m, seed):
    weights, charges = normal(n + m, d, seed=seed), normal(n + m, seed=seed // 2)
    by_weight, by_charge = population_gradients(weights, charges, n)
    h = 1e-5
    for i in range(n):
        step = torch.zeros_like(charges)
        step[i] = h
        change = quadratic_loss(weights, charges + step) - quadratic_loss(weights, charges - step)
        # Exact in the charges, as the loss is quadratic, up to rounding over h.
        assert_close(by_charge[i], change / (2 * h), 1e-9)
        for k in range(d):
            step = torch.zeros_like(weights)
            step[i, k] = h
            up, down = (quadratic_loss(weights + s * step, charges) for s in (1, -1))
            # h^2 times third derivatives, which grow where two neurons are nearly parallel.
            assert_close(by_weight[i, k], (up - down) / (2 * h), 1e-6)


@few
@given(sizes, sizes, seeds)
def test_by_weight_and_by_charge_agree_as_a_neuron_is_of_degree_two(d, n, seed):
    """theta_i . dL/dtheta_i = c_i dL/dc_i, which conserves c_i^2 - |theta_i|^2 under the flow."""
    weights, charges = normal(n + 2, d, seed=seed), normal(n + 2, seed=seed // 2)
    by_weight, by_charge = population_gradients(weights, charges, n)
    assert_close((weights[:n] * by_weight).sum(dim=-1), charges[:n] * by_charge, 1e-12)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
@pytest.mark.parametrize("length", [0.0, 1e-30])
def test_a_neuron_without_weights_has_finite_gradients(dtype, length):
    weights = torch.tensor([[length, 0.0], [30.0, 40.0], [0.0, 7.0]], dtype=dtype)
    charges = torch.tensor([2.0, 3.0, -1.0], dtype=dtype)
    by_weight, by_charge = population_gradients(weights, charges, 2)
    assert by_weight.isfinite().all()
    assert by_charge.isfinite().all()
    assert float(by_charge[0]) == pytest.approx(0, abs=1e-25)
    if length == 0:  # phi counts as pi / 2: 2 c_0 sum_j q_j b_j / (4 d)
        expected = 4 * (3 * weights[1] - weights[2]) / 8
        torch.testing.assert_close(by_weight[0], expected, rtol=1e-6, atol=1e-6)


@few
@given(sizes, sizes, seeds)
def test_potentials_are_the_first_variation_and_its_slopes(n, m, seed):
    """By quadrature, for a particle that f does not feel: f - f* stays while the particle moves."""
    student, teacher = pair(2, n, m, seed)
    x, share = circle(student.weights, teacher.weights)
    residual = share * (student(x) - teacher(x))[:, 0].detach()
    t, q = (
        (math.sqrt(n) * z.detach()).requires_grad_() for z in (student.weights, student.charges)
    )
    variation = q * (residual @ (x @ t.T).clamp_min(0))
    by_t, by_q = torch.autograd.grad(variation.sum(), (t, q))
    V, slopes = potentials(student, teacher)
    assert V.dtype == slopes.dtype == torch.float64
    assert V.shape == slopes.shape == (n,)
    assert not V.requires_grad
    assert_close(V, variation.detach(), 1e-12)
    # The angle of a neuron with itself is off by sqrt(eps): see the gradients.
    assert_close(slopes, by_t.square().sum(dim=-1) + by_q.square(), 1e-7)


@few
@given(sizes, sizes, sizes, seeds)
def test_potentials_are_what_half_the_loss_gains_with_a_share_of_mass(d, n, m, seed):
    student, teacher = pair(d, n, m, seed)
    V, _ = potentials(student, teacher)
    charges, share = student.charges.detach().clone(), 0.1
    for i in range(n):
        energies = []
        for sign in (1, -1):  # particle i counts (1 + sign share) / n
            with torch.no_grad():
                student.charges.copy_(charges)
                student.charges[i] *= 1 + sign * share
            energies.append(population_loss(student, teacher) / 2)
        # E is quadratic in the masses, so that the difference is exact up to rounding.
        gained = (energies[0] - energies[1]) / (2 * share / n)
        assert float(V[i]) == pytest.approx(gained, abs=1e-11 * (1 + float(V.abs().max())))


def test_a_single_precision_student_has_potentials_in_double():
    student, teacher = ParticleNetwork(3, 4, seed=0), PlantedTeacher(3, 2, seed=1)
    received = potentials(student, teacher)
    expected = potentials(student.double(), teacher.double())
    for r, e in zip(received, expected, strict=True):
        assert r.dtype == torch.float64
        torch.testing.assert_close(r, e, rtol=1e-13, atol=0)


@pytest.mark.parametrize("n", [5, 50])
def test_energy_falls_by_the_mean_squared_slope_and_a_step_is_a_time_of_two_eta(n):
    student, teacher = pair(4, n, 3, seed=0)
    weights, charges = difference(student, teacher)
    by_weight, by_charge = population_gradients(weights, charges, n)
    _, slopes = potentials(student, teacher)
    eta, lost = 1e-5, []
    for sign in (1, -1):
        moved = weights.clone(), charges.clone()
        moved[0][:n] -= sign * eta * by_weight
        moved[1][:n] -= sign * eta * by_charge
        lost.append(float(quadratic_loss(*moved)) / 2)
    # A central difference: off by eta^2 and by rounding over eta, both about 1e-10.
    rate = (lost[0] - lost[1]) / (2 * eta) / 2
    assert rate == pytest.approx(-float(slopes.mean()), rel=1e-7)


def test_more_particles_in_the_same_places_change_no_potential():
    """Mean-field units: what a particle feels depends on the distribution, not on n."""
    student, teacher = pair(4, 5, 3, seed=0)
    larger = ParticleNetwork(4, 15, seed=0, **double)
    with torch.no_grad():
        larger.weights.copy_(student.weights.repeat(3, 1) / math.sqrt(3))
        larger.charges.copy_(student.charges.repeat(3) / math.sqrt(3))
    for few_, many in zip(potentials(student, teacher), potentials(larger, teacher), strict=True):
        np.testing.assert_allclose(many, few_.repeat(3), rtol=1e-7)  # sqrt(eps), as above
