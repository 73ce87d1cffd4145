"""One hidden ReLU layer whose neurons are particles, and the teacher it learns from.

f(x) = sum_i c_i relu(theta_i . x)

A particle is a neuron: its weights theta_i and its charge c_i. Since relu(a z) = a relu(z) for
a > 0, what it adds to f depends on the sign of c_i and on its position |c_i| theta_i alone.
"""

import math

import torch
from torch import Tensor, nn

from course_utils import _validate


class ParticleNetwork(nn.Module):
    """`n_particles` neurons on inputs of `input_dim` numbers, without biases.

    At the start the entries of `weights`, shape (n, d), are normal with variance 1 / n, and the
    `charges`, shape (n,), uniform on [-1, 1] / sqrt(n). So f is an average over particles of order
    1: with theta = t / sqrt(n) and c = q / sqrt(n), f(x) = (1 / n) sum_i q_i relu(t_i . x).

    >>> student = ParticleNetwork(50, 20, seed=0)
    >>> student(torch.ones(3, 50)).shape, student.positions.shape
    (torch.Size([3, 1]), torch.Size([20, 50]))
    """

    def __init__(
        self,
        input_dim: int,
        n_particles: int,
        *,
        seed: int,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        super().__init__()
        _validate.whole("input_dim", input_dim, at_least=1)
        _validate.whole("n_particles", n_particles, at_least=1)
        self.input_dim, self.n_particles = input_dim, n_particles
        generator = torch.Generator().manual_seed(seed)
        scale = 1 / math.sqrt(n_particles)
        weights = torch.empty(n_particles, input_dim, dtype=dtype)
        charges = torch.empty(n_particles, dtype=dtype)
        self.weights = nn.Parameter(weights.normal_(0, scale, generator=generator))
        self.charges = nn.Parameter(charges.uniform_(-scale, scale, generator=generator))

    def forward(self, x: Tensor) -> Tensor:
        """Outputs of shape (B, 1) for inputs of shape (B, d)."""
        return (x @ self.weights.T).relu() @ self.charges.unsqueeze(1)

    @property
    def positions(self) -> Tensor:
        """|c_i| theta_i of each particle, shape (n, d)."""
        return (self.charges.abs().unsqueeze(1) * self.weights).detach()


class PlantedTeacher(ParticleNetwork):
    """A network to be found by a student: its positions have length 1, its charges any sign.

    A student made from the same seed shares its first neurons: give the two different ones.

    >>> teacher = PlantedTeacher(50, 10, seed=0)
    >>> bool(torch.allclose(teacher.positions.norm(dim=1), torch.ones(10)))
    True
    """

    def __init__(
        self,
        input_dim: int = 50,
        n_particles: int = 10,
        *,
        seed: int,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        super().__init__(input_dim, n_particles, seed=seed, dtype=dtype)
        with torch.no_grad():
            lengths = self.weights.norm(dim=1) * self.charges.abs()
            self.weights.div_(lengths.unsqueeze(1))
