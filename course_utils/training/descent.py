"""Train one model or an ensemble by gradient descent and record what happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray
from torch import Tensor

from course_utils import _validate
from course_utils.data import ToyRegression
from course_utils.models import FullyConnected, ScaledModel, sharpness
from course_utils.models.curvature import LARGEST
from course_utils.training.ensemble import EVERYTHING, Ensemble
from course_utils.training.steps import (
    CHECKED_EVERY,
    DivergedError,
    one_for_each,
    recorded_steps,
)

Member = FullyConnected | ScaledModel
Models = Member | Sequence[Member]


@dataclass(frozen=True)
class History:
    """What was recorded after each of `steps` steps of gradient descent, shape (K,).

    For one model `losses` and `movement` have shape (K,), for an ensemble of M models (K, M).
    """

    steps: NDArray[np.int64]
    losses: NDArray[np.float64]
    """Mean square error on all training points."""
    movement: NDArray[np.float64]
    """|w - w0| / |w0| over all parameters: weights and biases of every layer."""
    watched: tuple[Any, ...] = ()
    """What `watch` returned at each recorded step."""


@torch.inference_mode()
def train(
    models: Models,
    dataset: ToyRegression,
    *,
    n_steps: int,
    learning_rate: ArrayLike,
    batch_size: int | None = None,
    record: ArrayLike | None = None,
    watch: Callable[[], Any] | None = None,
    device: str | torch.device | None = None,
    dtype: torch.dtype | None = None,
) -> History:
    """Train the models in place by `n_steps` of gradient descent, all on the same batches.

    A step is w <- w - learning_rate * grad L, where L is the mean square error of the batch.

    Parameters
    ----------
    models : one model, or several of one depth; their widths may differ. Of a `ScaledModel` the
        network inside is trained.
    n_steps : how many steps, 0 or more.
    dataset : inputs, labels and the order of the batches.
    learning_rate : one for all models, or one for each, shape (M,). For a `ScaledModel` it is the
        rate on its own loss, which should be of order 1 / alpha^2.
    batch_size : points a step; all of them if None or at least n.
    record : the steps to record, increasing; `log_steps(n_steps)` if None.
    watch : called at every recorded step, when the models hold the weights of that step; what it
        returns is kept in `watched`.
    device, dtype : where and in what precision to compute; those of the dataset if None. The
        models keep their own.

    Raises
    ------
    ValueError : for bad settings, or models that cannot be stacked.
    DivergedError : where a loss, or the squared length of the weights, stops being a finite
        number. The models are then left as they were.

    >>> from course_utils.models import ShallowMLP
    >>> models = [ShallowMLP(width, seed=0) for width in (5, 50)]
    >>> history = train(models, ToyRegression(15, seed=0), n_steps=100, learning_rate=0.1)
    >>> bool((history.losses[-1] < history.losses[0]).all()), int(history.steps[-1])
    (True, 100)
    """
    _validate.whole("n_steps", n_steps)
    if batch_size is not None:
        _validate.whole("batch_size", batch_size, at_least=1)
    steps = recorded_steps(record, n_steps)
    inputs = dataset.inputs.to(device, dtype)
    members = _as_list(models)
    learning_rates = one_for_each("learning_rate", learning_rate, len(members)).to(inputs)
    learning_rates = learning_rates[:, None, None]
    ensemble = Ensemble(members, inputs, dataset.labels.to(inputs))
    learning_rates = learning_rates * ensemble.loss_scales[:, None, None]

    def next_batch() -> slice | Tensor:
        if batch_size is None or batch_size >= len(dataset):
            return EVERYTHING
        return dataset.next_indices(batch_size).to(inputs.device)

    losses, movement, watched = [], [], []
    recorded = set(steps.tolist())
    stops = sorted({*recorded, *range(CHECKED_EVERY, n_steps, CHECKED_EVERY), n_steps})
    for before, after in pairwise([0, *stops]):
        batches = [next_batch() for _ in range(after - before)]
        left = _descend(ensemble, batches, learning_rates, steps_before=before)
        if left is not None:
            ensemble.restore(ensemble.start)
            ensemble.write_back()  # `watch` may have needed the weights in the models
            model, step = left
            rate = float(learning_rates[model] / ensemble.loss_scales[model])
            raise DivergedError(
                f"model {model} left the finite numbers at step {step} with "
                f"learning_rate={rate:g}: try a smaller one{_bound(members[model], dataset)}"
            )
        if after in recorded:
            losses.append(ensemble.losses())
            movement.append(ensemble.movement())
            if watch is not None:
                ensemble.write_back()
                with torch.inference_mode(False):
                    watched.append(watch())
    ensemble.write_back()
    return History(steps, _to_numpy(losses, models), _to_numpy(movement, models), tuple(watched))


def predict(models: Models, x: Tensor) -> NDArray[np.float64]:
    """Outputs at `x` of shape (n, 1): shape (n,) for one model, (n, M) for several."""
    with torch.no_grad():
        outputs = [model(x.to(next(model.parameters())))[:, 0].cpu() for model in _as_list(models)]
    return _to_numpy(outputs, models, axis=1)


def _descend(
    ensemble: Ensemble, batches: list, learning_rates: Tensor, *, steps_before: int
) -> tuple[int, int] | None:
    """A step for each batch. Which model left the finite numbers at which step, if one did.

    Looks for infinities at the end, then replays to find the step.
    """
    checkpoint = ensemble.snapshot()
    for batch in batches:
        ensemble.descend(batch, learning_rates)
    if ensemble.is_finite().all():
        return None
    ensemble.restore(checkpoint)
    if not ensemble.is_finite().all():
        raise DivergedError(f"the start holds numbers that are not finite (step {steps_before})")
    for step, batch in enumerate(batches, start=steps_before + 1):
        ensemble.descend(batch, learning_rates)
        if not (finite := ensemble.is_finite()).all():
            return int(finite.int().argmin()), step
    return None


def _bound(member: Member, dataset: ToyRegression) -> str:
    """Where descent is stable at the start, for the message; nothing for a large model."""
    if sum(p.numel() for p in member.parameters() if p.requires_grad) > LARGEST:
        return ""
    like = next(member.parameters())
    with torch.inference_mode(False):
        top = sharpness(member, dataset.inputs.to(like), dataset.labels.to(like))
    return f"; at the start steps are stable below {2 / top:.3g}" if 0 < top < np.inf else ""


def _as_list(models: Models) -> list[Member]:
    members = [models] if isinstance(models, torch.nn.Module) else list(models)
    for member in members:
        if not isinstance(member, Member):
            kind = type(member).__name__
            raise TypeError(f"models: {kind} is none of course_utils.models; give one or a list")
    if not members:
        raise ValueError("models=[]: give at least one")
    return members


def _to_numpy(values: list[Tensor], models: Models, *, axis: int = 0) -> NDArray[np.float64]:
    """Stack along `axis` in float64; drop the axis of models where there was one, not a list."""
    stacked = torch.stack([v.cpu().double() for v in values], dim=axis).numpy()
    return stacked[:, 0] if isinstance(models, Member) else stacked
