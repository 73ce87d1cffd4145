"""Models whose output is scaled, and made to start at zero.

h_alpha(x; w) = alpha (h(x; w) - h(x; w0)),       w = w0 at the start.
"""

import copy

from torch import Tensor, nn

from course_utils import _validate
from course_utils.models.fully_connected import FullyConnected


class ScaledModel(nn.Module):
    """alpha times what `network` says beyond what it said at the start.

    `network` is a copy of `base` and is trained; `base` is another copy, frozen, whose parameters
    want no gradient. Both are modules of this one, so that its state holds both, moves to a device
    with it and is saved and loaded with it; an optimiser that is given `parameters()` leaves the
    frozen one alone, since it gets no gradients.

    Raises
    ------
    TypeError : for a base that is no network of `course_utils.models`.
    ValueError : for an alpha that is not positive: at 0 the model says nothing and learns nothing.

    >>> import torch
    >>> from course_utils.models import DeepMLP
    >>> model = ScaledModel(DeepMLP(8, seed=0), alpha=100)
    >>> bool((model(torch.linspace(-1, 1, 5).unsqueeze(1)) == 0).all())
    True
    >>> sum(p.numel() for p in model.parameters() if p.requires_grad)
    313
    """

    def __init__(self, base: FullyConnected, alpha: float) -> None:
        super().__init__()
        if not isinstance(base, FullyConnected):
            raise TypeError(f"base: {type(base).__name__} is no network of course_utils.models")
        _validate.positive("alpha", alpha)
        self.alpha = float(alpha)
        self.network = copy.deepcopy(base)
        self.base = copy.deepcopy(base).requires_grad_(False)

    def forward(self, x: Tensor) -> Tensor:
        """Outputs of shape (n, 1) for inputs of shape (n, 1)."""
        return self.alpha * (self.network(x) - self.base(x))

    def nudged_labels(self, x: Tensor, labels: Tensor) -> Tensor:
        """h(x; w0) + y / alpha: what the network has to say for the scaled model to say y.

        The mean square error of the scaled model is alpha^2 times that of the network against
        these labels. Descent with learning rate eta on the one is descent with alpha^2 eta on the
        other.
        """
        return self.base(x) + labels / self.alpha
