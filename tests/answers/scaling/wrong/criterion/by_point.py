# message: wrong shape
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return np.abs(alpha * outputs - labels) / alpha * np.abs(curvatures) / slopes**2
