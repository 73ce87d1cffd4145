# message: outputs at the start count
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return norm(labels) / alpha * norm(curvatures) / norm(slopes) ** 2
