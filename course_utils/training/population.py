"""R networks of n particles as one batch of tensors.

Stored is the difference f - f* of student and teacher, a network of n + m neurons of which the
first n move. Its output is the residual, so that a step needs no labels.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from course_utils.models import ParticleNetwork
from course_utils.models.overlaps import (
    charge_gradients,
    difference,
    population_gradients,
    quadratic_loss,
)
from course_utils.training.birth_death import BirthDeath, Replacements, replacements


class Population:
    """The moving `weights` (R, n, d) and `charges` (R, n), views of those of the difference."""

    def __init__(
        self,
        students: Sequence[ParticleNetwork],
        teachers: Sequence[ParticleNetwork],
        rules: Sequence[BirthDeath | None],
        learning_rates: Tensor,
        *,
        like: Tensor,
    ) -> None:
        pairs = [difference(s, t) for s, t in zip(students, teachers, strict=True)]
        self.all_weights, self.all_charges = (
            torch.stack([z.to(like, copy=True) for z in parts])
            for parts in zip(*pairs, strict=True)
        )
        self.n = students[0].n_particles
        self.weights = self.all_weights[:, : self.n]
        self.charges = self.all_charges[:, : self.n]
        self.learning_rates = learning_rates.to(like).unsqueeze(-1)
        self._keep(rules, like)

    def _keep(self, rules: Sequence[BirthDeath | None], like: Tensor) -> None:
        """The rules as tensors, and what has been counted so far."""
        n_runs = len(rules)
        alphas = [rule.alpha if rule else 0.0 for rule in rules]
        self.alphas = like.new_tensor(alphas).unsqueeze(-1)
        self.priors = like.new_tensor([rule.prior or 0.0 if rule else 0.0 for rule in rules])
        exact = [i for i, rule in enumerate(rules) if rule and rule.exact_rates]
        self.exact = torch.tensor(exact, dtype=torch.long, device=like.device)
        self.some_die = any(alphas)
        self.some_exact = bool(exact)
        self.some_return = bool((self.priors > 0).any())
        self.counts = torch.zeros(3, n_runs, dtype=torch.long, device=like.device)
        self.replaced = torch.zeros(n_runs, self.n, dtype=torch.bool, device=like.device)
        self.lineage = torch.arange(self.n, device=like.device).repeat(n_runs, 1)
        self.n_lineages = self.n
        self.overflowed = torch.zeros(n_runs, dtype=torch.bool, device=like.device)

    def step(self, inputs: Tensor | None, uniform: Tensor, newcomers: Tensor | None) -> None:
        """Gradient descent on fresh inputs, or on all of the sphere if None; then birth, death."""
        slopes = self._descend(inputs)
        if self.some_die:
            self._replace(self.alphas * slopes, uniform, newcomers)

    def _descend(self, inputs: Tensor | None) -> Tensor:
        """One step downhill; c_i dL/dc_i where it began, shape (R, n)."""
        if inputs is None:
            by_weight, by_charge = population_gradients(self.all_weights, self.all_charges, self.n)
        else:
            by_weight, by_charge = self._batch_gradients(inputs)
        slopes = by_charge
        if inputs is not None and self.some_exact:
            weights, charges = self.all_weights[self.exact], self.all_charges[self.exact]
            slopes = by_charge.index_copy(0, self.exact, charge_gradients(weights, charges, self.n))
        slopes = self.charges * slopes
        self.weights.addcmul_(by_weight, self.learning_rates.unsqueeze(-1), value=-1)
        self.charges.addcmul_(by_charge, self.learning_rates, value=-1)
        return slopes

    def _batch_gradients(self, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """dL/dtheta (R, n, d) and dL/dc (R, n) of the mean square over inputs (R, B, d)."""
        h = torch.bmm(inputs, self.all_weights.mT).relu_()
        residual = torch.bmm(h, self.all_charges.unsqueeze(-1)).mul_(2 / inputs.shape[1])
        h = h[..., : self.n]
        by_charge = torch.bmm(h.mT, residual)
        # The residual where the neuron is active, 0 elsewhere; one pass over the memory.
        delta = torch.ops.aten.threshold_backward(residual.expand_as(h), h, 0)
        return torch.bmm(delta.mT, inputs).mul_(self.charges.unsqueeze(-1)), by_charge[..., 0]

    def _replace(self, rates: Tensor, uniform: Tensor, newcomers: Tensor | None) -> None:
        """Birth and death, in the runs where any happens; those with infinite rates are lost."""
        happens = uniform[:, 0] < rates.abs()
        if not happens.any():
            return
        finite = rates.isfinite().all(dim=-1)
        self.overflowed |= ~finite
        runs = (happens.any(dim=-1) & finite).nonzero()[:, 0]
        if not len(runs):
            return
        returns = (self.priors[runs] > 0).unsqueeze(-1)
        after = replacements(
            torch.where(returns, rates[runs].clamp_min(0), rates[runs]), uniform[runs]
        )
        moved = runs.unsqueeze(-1), after.sources
        fresh = returns & after.dead
        weights = self.weights[moved]
        if newcomers is not None:
            drawn = newcomers[runs] * self.priors[runs, None, None]
            weights = torch.where(fresh.unsqueeze(-1), drawn, weights)
        self.weights[runs] = weights
        self.charges[runs] = self.charges[moved].masked_fill(fresh, 0)
        self._count(runs, after, fresh)

    def _count(self, runs: Tensor, after: Replacements, fresh: Tensor) -> None:
        """Who came from whom; a copy is of the lineage of its parent, a newcomer of a new one."""
        place = torch.arange(self.n, device=runs.device)
        inherited = self.lineage[runs.unsqueeze(-1), after.sources]
        self.lineage[runs] = torch.where(fresh, self.n_lineages + place, inherited)
        self.n_lineages += self.n
        self.replaced[runs] |= after.sources != place
        counted = torch.stack([after.dead.sum(dim=-1), after.copied, after.kept.long()])
        self.counts[:, runs] += counted

    def observe(self) -> tuple[np.ndarray, ...]:
        """What a `ParticleHistory` records after its steps, in its order."""
        losses = quadratic_loss(self.all_weights.double(), self.all_charges.double())
        paths = self.charges.abs().unsqueeze(-1) * self.weights[..., :2]
        relatives = self.lineage.sort(dim=-1).values.diff(dim=-1) == 0
        distinct = self.n - relatives.sum(dim=-1)
        seen = [losses, paths.double(), self.replaced.clone(), *self.counts, distinct]
        self.replaced.zero_()
        return tuple(z.cpu().numpy().copy() for z in seen)

    def lost(self) -> int | None:
        """The first run whose numbers are not all finite, if there is one."""
        finite = self.weights.isfinite().all(dim=-1).all(dim=-1)
        finite &= self.charges.isfinite().all(dim=-1) & ~self.overflowed
        return None if finite.all() else int(finite.int().argmin())

    def write_back(self, students: Sequence[ParticleNetwork]) -> None:
        """Copy the particles into the students, which keep their own dtype and device."""
        for student, weights, charges in zip(students, self.weights, self.charges, strict=True):
            student.weights.copy_(weights)
            student.charges.copy_(charges)
