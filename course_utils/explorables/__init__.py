"""Figures one can play with, on a page and in a notebook, without a kernel.

One figure is one Python file and one JavaScript file of the same name. The Python function checks
its values and returns an `Explorable`, which a notebook displays; the JavaScript does the rest.

two_weights        descent on the loss of a network of two weights
modes              three modes of a network of one to four layers, and its loss
denoising          one mode of a denoising autoencoder, under noise and weight decay
scaled_weight      training of a scaled model of one weight, beside its linearisation
eigenbasis         descent of a linear model of two weights, in the plain basis and in the right one
features_and_fit   a fit by waves, as their number slides through that of the points
flow_and_descent   descent beside the gradient flow, on the landscape of ripples
particles          particles that move, die and are copied, and the same that only move

figure             `Explorable`: HTML that holds all it needs, and a picture and a sentence
bundle             joins a figure's modules into one script
shared/            what the figures' scripts share: axes, sliders, words, and where they are shown
"""

from course_utils.explorables.denoising import denoising
from course_utils.explorables.eigenbasis import eigenbasis
from course_utils.explorables.features_and_fit import features_and_fit
from course_utils.explorables.figure import Explorable
from course_utils.explorables.flow_and_descent import flow_and_descent
from course_utils.explorables.modes import modes
from course_utils.explorables.particles import particles
from course_utils.explorables.scaled_weight import scaled_weight
from course_utils.explorables.two_weights import two_weights

__all__ = [
    "Explorable",
    "denoising",
    "eigenbasis",
    "features_and_fit",
    "flow_and_descent",
    "modes",
    "particles",
    "scaled_weight",
    "two_weights",
]
