"""Gradient descent on the mean square error, for one model or many side by side.

descent      `train`: settings in, models trained, `History` out
ensemble     models stacked into one network, and its gradients
linear       `train_linear`: two-layer linear networks, from the second moments of the data
landscapes   `descend`, `gradient_flow`: on functions of two weights
steps        which steps are recorded; `DivergedError`
device       `choose_device`: a GPU where there is one, and says so
autoencoder  `train_autoencoder`: linear denoising autoencoders
particles    `train_particles`: neurons that are born and die
birth_death  who dies and who is copied in one step
population   particles of several runs stacked, and their steps
draws        the random numbers of those runs
"""

from course_utils.training.autoencoder import sampled_denoising_step, train_autoencoder
from course_utils.training.birth_death import BirthDeath, Replacements, replacements
from course_utils.training.descent import History, predict, train
from course_utils.training.device import choose_device
from course_utils.training.landscapes import descend, gradient_flow
from course_utils.training.linear import LinearHistory, train_linear
from course_utils.training.particles import ParticleHistory, train_particles
from course_utils.training.steps import DivergedError, log_steps

__all__ = [
    "BirthDeath",
    "DivergedError",
    "History",
    "LinearHistory",
    "ParticleHistory",
    "Replacements",
    "choose_device",
    "descend",
    "gradient_flow",
    "log_steps",
    "predict",
    "replacements",
    "sampled_denoising_step",
    "train",
    "train_autoencoder",
    "train_linear",
    "train_particles",
]
