# message: criterion: wrong values
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return 1 / (norm(alpha * outputs - labels) / alpha * norm(curvatures) / norm(slopes) ** 2)
