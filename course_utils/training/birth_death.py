"""Which particles die and which are copied: one step of birth and death, for many runs at once.

r_i = alpha c_i dL/dc_i

is the rate of particle i per step. Where r_i > 0 the network would do better with less of the
particle: it dies with probability r_i. Where r_i < 0 it is copied with probability -r_i. The
number of particles stays the same: a copy takes the place of another particle, and the place of
one that died goes to a copy of a survivor, or to a newcomer.

Source: Rotskoff, Jelassi, Bruna and Vanden-Eijnden 2019.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from course_utils import _validate


@dataclass(frozen=True)
class BirthDeath:
    """How particles are born and die beside gradient descent.

    >>> BirthDeath(alpha=1.0)
    BirthDeath(alpha=1.0, prior=None, exact_rates=False)
    >>> BirthDeath(alpha=-1.0)
    Traceback (most recent call last):
        ...
    ValueError: alpha=-1.0: give a finite number of at least 0
    """

    alpha: float
    """Strength: the rate per step is alpha c_i dL/dc_i."""
    prior: float | None = None
    """None: survivors and growing particles are copied. A number: nothing is copied, and who dies
    returns with charge 0 and normal weights of this deviation, so that f is not disturbed."""
    exact_rates: bool = False
    """Take L over all inputs of the sphere in the rates, instead of over the batch."""

    def __post_init__(self) -> None:
        _validate.not_negative("alpha", self.alpha)
        if self.prior is not None:
            _validate.positive("prior", self.prior)


@dataclass(frozen=True)
class Replacements:
    """What one step of birth and death does in each of R runs of n particles."""

    sources: Tensor
    """The particle whose copy stands in each place afterwards, whole numbers of shape (R, n)."""
    dead: Tensor
    """Who died, bool of shape (R, n)."""
    copied: Tensor
    """How many copies of growing particles were placed, shape (R,)."""
    kept: Tensor
    """Where all would have died, and all were kept instead: bool of shape (R,)."""


def replacements(rates: Tensor, draws: Tensor) -> Replacements:
    """Who stands where after birth and death with `rates` of shape (R, n).

    First the deaths: the place of each goes to a survivor chosen at random. Then the births, of
    survivors too: the copies take different places, chosen at random among those of particles that
    are not copied. If there are more births than such places, as many as fit are chosen at random.
    Where all would die, none does. Rates beyond -1 and 1 are certain.

    Parameters
    ----------
    draws : independent uniform numbers in [0, 1), shape (R, 3, n).

    Raises
    ------
    ValueError : for rates that are not finite.

    >>> rates = torch.tensor([[2.0, 0.0, -2.0, 0.0]])
    >>> draws = torch.rand(1, 3, 4, generator=torch.Generator().manual_seed(0))
    >>> after = replacements(rates, draws)
    >>> after.dead, after.copied, (after.sources == 2).sum() >= 2
    (tensor([[ True, False, False, False]]), tensor([1]), tensor(True))
    """
    if not bool(rates.isfinite().all()):
        raise ValueError(f"rates={rates!r}: give finite numbers; the run may have diverged")
    happens, of_survivor, order = draws.unbind(dim=-2)
    happens = happens < rates.abs()
    dead = happens & (rates > 0)
    kept = dead.all(dim=-1)
    dead = dead & ~kept.unsqueeze(-1)
    sources = _fill_with_survivors(dead, of_survivor)
    sources, copied = _place_copies(sources, happens & (rates < 0), order)
    return Replacements(sources, dead, copied, kept)


def _fill_with_survivors(dead: Tensor, draws: Tensor) -> Tensor:
    """The particle itself in each place, a random survivor in that of one that died."""
    places = torch.arange(dead.shape[-1], device=dead.device).expand(dead.shape)
    survivors_first = dead.byte().argsort(dim=-1, stable=True)
    n_survivors = (~dead).sum(dim=-1, keepdim=True)
    chosen = (draws * n_survivors).long()
    return torch.where(dead, survivors_first.gather(-1, chosen), places)


def _place_copies(sources: Tensor, born: Tensor, draws: Tensor) -> tuple[Tensor, Tensor]:
    """Copies of the particles that are `born` again, in places of others; and how many."""
    n = born.shape[-1]
    shuffled = (draws + born).argsort(dim=-1)  # those that are not copied first
    n_others = n - born.sum(dim=-1, keepdim=True)
    place = torch.arange(n, device=born.device).expand(born.shape)
    parent = place + n_others
    fits = (place < n_others) & (parent < n)
    stand = sources.gather(-1, shuffled)
    copies = shuffled.gather(-1, parent.clamp_max(n - 1))
    return (
        sources.scatter(-1, shuffled, torch.where(fits, copies, stand)),
        fits.sum(dim=-1),
    )
