"""Networks and their initialisations.

fully_connected  ReLU networks of one input and one output, in torch
linear           two-layer linear networks, in NumPy, and their starts
"""

from course_utils.models.fully_connected import (
    DeepMLP,
    FullyConnected,
    ShallowMLP,
    SinusoidalModel,
)
from course_utils.models.linear import (
    LinearNetwork,
    aligned_network,
    balanced_network,
    random_network,
)

__all__ = [
    "DeepMLP",
    "FullyConnected",
    "LinearNetwork",
    "ShallowMLP",
    "SinusoidalModel",
    "aligned_network",
    "balanced_network",
    "random_network",
]
