"""Models of the course, and what their parameters hold."""

import torch
from torch import nn

from course_utils import models

X = torch.linspace(-1, 1, 6).unsqueeze(1)
MODELS = {
    "fully connected": models.FullyConnected([1, 3, 2, 1], seed=0),
    "shallow": models.ShallowMLP(4, seed=0),
    "deep": models.DeepMLP(3, seed=1, dtype=torch.float64),
    "sinusoidal": models.SinusoidalModel(4, omega=2.0, seed=2),
    "scaled": models.ScaledModel(models.ShallowMLP(4, seed=0), 3.0),
    "particles": models.ParticleNetwork(1, 5, seed=3),
    "teacher": models.PlantedTeacher(1, 5, seed=4, dtype=torch.float64),
    "linear": nn.Linear(1, 2, bias=False),
    "sequential": nn.Sequential(nn.Linear(1, 2), models.FullyConnected([2, 1], seed=0)),
}


def numbers(module):
    return {k: (p.dtype, p.tolist(), p.requires_grad) for k, p in module.named_parameters()}


def params(*modules):
    return [list(module.parameters()) for module in modules]
