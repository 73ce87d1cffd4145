# message: criterion: wrong values
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    norm = lambda v: np.abs(v).sum()
    return norm(alpha * outputs - labels) / alpha * norm(curvatures) / norm(slopes) ** 2
