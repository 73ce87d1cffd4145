"""What ReLU neurons share over all inputs of the unit sphere, and the exact loss it gives.

k(a, b) = E[relu(a . x) relu(b . x)] = |a| |b| / (2 pi d) (sin phi + (pi - phi) cos phi)

for x uniform on the unit sphere in d dimensions, and phi the angle between a and b. For standard
normal inputs the same stands without d: the length of x is independent of its direction, and the
mean of its square is d. Source: Cho and Saul 2009, the arc-cosine kernel of order 1.

The difference of student and teacher, f - f*, is itself a network: of n + m neurons, the teacher's
with charges -c*. With its weights b_j and charges q_j the loss and its gradients are

L = E[(f - f*)^2] = q^T K q
dL/dc_i = 2 (K q)_i,        dL/dtheta_i = 2 c_i sum_j q_j dk(theta_i, b_j)/da.
"""

import math

import torch
from torch import Tensor

from course_utils.models.particles import ParticleNetwork

ROWS = 512
"""Neurons whose overlaps with all others are held in memory at once, for a loss."""


def relu_overlaps(a: Tensor, b: Tensor) -> Tensor:
    """k(a_i, b_j) for weights of shapes (..., n, d) and (..., m, d): shape (..., n, m).

    >>> a = torch.eye(2, dtype=torch.float64)
    >>> (relu_overlaps(a, a) * 4 * math.pi).round(decimals=4)
    tensor([[3.1416, 1.0000],
            [1.0000, 3.1416]], dtype=torch.float64)
    """
    lengths_a, lengths_b = (torch.linalg.vector_norm(w, dim=-1) for w in (a, b))
    lengths = lengths_a.unsqueeze(-1) * lengths_b.unsqueeze(-2)
    cos, sin, rest = _angles(a @ b.mT, lengths)
    return lengths * (sin + rest * cos) / (2 * math.pi * a.shape[-1])


def difference(student: ParticleNetwork, teacher: ParticleNetwork) -> tuple[Tensor, Tensor]:
    """Weights (n + m, d) and charges (n + m,) of f - f*; those of the student stand first.

    Both in float64, on the student's device. ValueError where the inputs differ in dimension.
    """
    if teacher.input_dim != student.input_dim:
        raise ValueError(
            f"teacher sees inputs of {teacher.input_dim} numbers and the student of "
            f"{student.input_dim}: give both the same input_dim"
        )
    like = student.weights.double()
    weights = torch.cat([like, teacher.weights.to(like)])
    charges = torch.cat([student.charges.to(like), -teacher.charges.to(like)])
    return weights.detach(), charges.detach()


def population_loss(student: ParticleNetwork, teacher: ParticleNetwork) -> float:
    """E[(f - f*)^2] over the unit sphere, exactly; computed in float64.

    >>> from course_utils.models import PlantedTeacher
    >>> teacher = PlantedTeacher(seed=0)
    >>> abs(population_loss(teacher, teacher)) < 1e-12
    True
    """
    weights, charges = difference(student, teacher)
    return float(quadratic_loss(weights, charges))


def quadratic_loss(weights: Tensor, charges: Tensor) -> Tensor:
    """q^T K q for weights (..., N, d) and charges q (..., N): shape (...).

    Row after row of blocks, so that thousands of neurons need no memory for all of K.
    """
    blocks = zip(weights.split(ROWS, dim=-2), charges.split(ROWS, dim=-1), strict=True)
    parts = [(q * _times(relu_overlaps(w, weights), charges)).sum(dim=-1) for w, q in blocks]
    return torch.stack(parts).sum(dim=0)


def charge_gradients(weights: Tensor, charges: Tensor, n: int) -> Tensor:
    """dL/dc_i of the first n of N neurons, shape (..., n)."""
    return 2 * _times(relu_overlaps(weights[..., :n, :], weights), charges)


def population_gradients(weights: Tensor, charges: Tensor, n: int) -> tuple[Tensor, Tensor]:
    """dL/dtheta_i and dL/dc_i of the first n of N neurons: shapes (..., n, d) and (..., n).

    dk(a, b)/da = (|b| sin phi a / |a| + (pi - phi) b) / (2 pi d); at a = 0, where relu has no
    gradient, the first term is taken as 0.
    """
    a = weights[..., :n, :]
    lengths = torch.linalg.vector_norm(weights, dim=-1)
    own = lengths[..., :n].unsqueeze(-1)
    products = own * lengths.unsqueeze(-2)
    cos, sin, rest = _angles(a @ weights.mT, products)
    directions = a / own.clamp_min(_tiny(own) ** 0.5)  # 0 at a = 0, never above 1
    along = _times(sin, charges * lengths)
    across = rest @ (charges.unsqueeze(-1) * weights)
    scale = math.pi * weights.shape[-1]
    by_weight = along.unsqueeze(-1) * directions + across
    by_charge = _times(rest.mul_(cos).add_(sin).mul_(products), charges)
    return charges[..., :n, None] * by_weight / scale, by_charge / scale


def potentials(student: ParticleNetwork, teacher: ParticleNetwork) -> tuple[Tensor, Tensor]:
    """V_i and |grad V_i|^2 of each particle in mean-field units, shapes (n,), float64.

    V_i = n c_i E[(f - f*) relu(theta_i . x)] = (n / 2) c_i dL/dc_i is what the energy E = L / 2
    gains per unit of mass that is added where particle i is; the gradient is that with
    respect to (sqrt(n) theta_i, sqrt(n) c_i), the coordinates in which a particle is of order 1.
    A step of descent with learning rate eta is a time 2 eta, and one of birth-death with rates
    alpha c_i dL/dc_i has the strength alpha / (n eta) in that time.

    >>> student, teacher = (ParticleNetwork(5, 3, seed=seed) for seed in (0, 1))
    >>> V, slopes = potentials(student, teacher)
    >>> V.shape, bool((slopes > 0).all())
    (torch.Size([3]), True)
    """
    weights, charges = difference(student, teacher)
    n = student.n_particles
    by_weight, by_charge = population_gradients(weights, charges, n)
    slopes = n / 4 * (by_weight.square().sum(dim=-1) + by_charge.square())
    return n / 2 * charges[:n] * by_charge, slopes


def _times(matrices: Tensor, vectors: Tensor) -> Tensor:
    """Matrices (..., n, N) times vectors (..., N): shape (..., n)."""
    return (matrices @ vectors.unsqueeze(-1))[..., 0]


def _angles(products: Tensor, lengths: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """cos phi, sin phi and pi - phi from scalar products and products of lengths.

    Rounding of order eps in cos phi turns into sqrt(eps) in phi where phi is small, but there
    sin phi + (pi - phi) cos phi is flat, and its error is of order eps again.
    """
    cos = (products / lengths.clamp_min(_tiny(lengths))).clamp_(-1, 1)
    return cos, (1 - cos.square()).sqrt_(), cos.acos().neg_().add_(math.pi)


def _tiny(like: Tensor) -> float:
    """The smallest normal number, so that 0 / 0 is 0."""
    return torch.finfo(like.dtype).tiny
