# message: divided by alpha
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return norm(alpha * outputs - labels) * norm(curvatures) / norm(slopes) ** 2
