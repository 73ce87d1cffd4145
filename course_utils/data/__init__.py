"""Datasets.

regression      noisy samples of a function of one variable
images          digits and photographs (embedded), MNIST and CIFAR-10 (where they can be downloaded)
linear          inputs and outputs for linear networks, with second moments to order
second_moments  all that the squared loss of a linear map knows of its data
landscapes      functions of two weights to descend on
principal       principal directions and eigenvalues, of wide data too
sphere          inputs on the unit sphere
"""

from course_utils.data.images import Images, load_images
from course_utils.data.landscapes import LANDSCAPES, Landscape, landscape
from course_utils.data.linear import inputs_with_variances, semantic_tree, whiten
from course_utils.data.principal import Spectrum, spectrum
from course_utils.data.regression import TARGETS, ToyRegression
from course_utils.data.second_moments import Moments, moments
from course_utils.data.sphere import sphere_inputs

__all__ = [
    "LANDSCAPES",
    "TARGETS",
    "Images",
    "Landscape",
    "Moments",
    "Spectrum",
    "ToyRegression",
    "inputs_with_variances",
    "landscape",
    "load_images",
    "moments",
    "semantic_tree",
    "spectrum",
    "sphere_inputs",
    "whiten",
]
