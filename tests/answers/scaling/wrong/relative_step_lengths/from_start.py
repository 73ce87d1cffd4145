# message: the way from the start
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return norm(w[1:] - w[0], axis=1) / norm(w[1:], axis=1)
