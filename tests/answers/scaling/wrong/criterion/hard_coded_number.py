# message: for other numbers
import numpy as np


def criterion(outputs, slopes, curvatures, labels, alpha):
    norm = np.linalg.norm
    return 1.3
