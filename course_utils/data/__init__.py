"""Datasets.

regression  noisy samples of a function of one variable
images      handwritten digits (embedded), MNIST and CIFAR-10 (where they can be downloaded)
"""

from course_utils.data.images import Images, load_images
from course_utils.data.regression import TARGETS, ToyRegression

__all__ = ["TARGETS", "Images", "ToyRegression", "load_images"]
