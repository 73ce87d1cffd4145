"""Closed forms, NumPy and SciPy only, one phenomenon a file.

least_squares    gradient descent of a linear model, solved for every step at once
interpolation    where it ends: the fit closest to the start
kernel_training  the same from the kernel alone, for linearised networks
random_design    the risk of that end for random features
one_layer        modes of a network without hidden layer: exponential
balanced_modes   modes of two layers that share them evenly: logistic
two_layer_modes  modes of two layers from any start: from rich to lazy
deep_modes       balanced modes of any depth
whole_network    the whole two-layer network, a matrix Riccati equation
synaptic         the basis in which modes may part
denoising        autoencoders with noise and weight decay
early_stopping   the risk over time, and step sizes that remove its second hump
birth_death      mass that grows where a potential is low, and what n particles add
"""

from course_utils.theory.balanced_modes import BalancedModes
from course_utils.theory.birth_death import (
    bowl_mean,
    energy_rates,
    replicator,
    sampling_floor,
)
from course_utils.theory.deep_modes import DeepModes
from course_utils.theory.denoising import (
    denoising_modes,
    effective_initial_strengths,
    fixed_points,
)
from course_utils.theory.early_stopping import EarlyStopping, aligned_step_sizes
from course_utils.theory.interpolation import least_norm
from course_utils.theory.kernel_training import KernelDescent, kernel_descent
from course_utils.theory.least_squares import LinearDescent, linear_descent
from course_utils.theory.one_layer import OneLayerModes
from course_utils.theory.random_design import least_norm_risk
from course_utils.theory.synaptic import SynapticBasis, synaptic_basis
from course_utils.theory.two_layer_modes import TwoLayerModes
from course_utils.theory.whole_network import WholeNetwork

__all__ = [
    "BalancedModes",
    "DeepModes",
    "EarlyStopping",
    "KernelDescent",
    "LinearDescent",
    "OneLayerModes",
    "SynapticBasis",
    "TwoLayerModes",
    "WholeNetwork",
    "aligned_step_sizes",
    "bowl_mean",
    "denoising_modes",
    "effective_initial_strengths",
    "energy_rates",
    "fixed_points",
    "kernel_descent",
    "least_norm",
    "least_norm_risk",
    "linear_descent",
    "replicator",
    "sampling_floor",
    "synaptic_basis",
]
