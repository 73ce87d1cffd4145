# message: multiplied by alpha
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return norm(outputs - labels) / alpha * norm(curvatures) / norm(slopes) ** 2
