"""Networks and their initialisations.

fully_connected  ReLU networks of one input and one output, in torch
linear           two-layer linear networks, in NumPy, and their starts
scaled           an output that is scaled and starts at zero
one_weight       a model of one weight, to draw
tangent          gradients of the output, the tangent kernel, the linearised model
curvature        Hessian of the loss, sharpness
particles        neurons as particles, and a planted teacher
overlaps         their exact loss, gradients and potentials over the unit sphere
"""

from course_utils.models.curvature import loss_hessian, sharpness
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
from course_utils.models.one_weight import OneWeightModel
from course_utils.models.overlaps import population_loss, potentials, relu_overlaps
from course_utils.models.particles import ParticleNetwork, PlantedTeacher
from course_utils.models.scaled import ScaledModel
from course_utils.models.tangent import (
    jacobian,
    kernel_product,
    linearised,
    parameter_vector,
    tangent_kernel,
)

__all__ = [
    "DeepMLP",
    "FullyConnected",
    "LinearNetwork",
    "OneWeightModel",
    "ParticleNetwork",
    "PlantedTeacher",
    "ScaledModel",
    "ShallowMLP",
    "SinusoidalModel",
    "aligned_network",
    "balanced_network",
    "jacobian",
    "kernel_product",
    "linearised",
    "loss_hessian",
    "parameter_vector",
    "population_loss",
    "potentials",
    "random_network",
    "relu_overlaps",
    "sharpness",
    "tangent_kernel",
]
