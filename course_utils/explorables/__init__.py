"""Figures one can play with, on a page and in a notebook, without a kernel.

One figure is one Python file and one JavaScript file of the same name. The Python function checks
its values and returns an `Explorable`, which a notebook displays; the JavaScript does the rest.

eigenbasis    descent of a linear model of two weights, in the plain basis and in the right one
scaled_weight training of a scaled model of one weight, beside its linearisation
two_weights   descent on the loss of a network of two weights

figure        `Explorable`: HTML that holds all it needs, and a picture and a sentence
bundle        joins a figure's modules into one script
shared/       what the figures' scripts share: axes, sliders, words, and where they are shown
"""

from course_utils.explorables.eigenbasis import eigenbasis
from course_utils.explorables.figure import Explorable
from course_utils.explorables.scaled_weight import scaled_weight
from course_utils.explorables.two_weights import two_weights

__all__ = ["Explorable", "eigenbasis", "scaled_weight", "two_weights"]
