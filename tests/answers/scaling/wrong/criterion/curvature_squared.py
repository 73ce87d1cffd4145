# message: criterion: wrong values
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return norm(alpha * outputs - labels) / alpha * norm(curvatures) ** 2 / norm(slopes) ** 2
