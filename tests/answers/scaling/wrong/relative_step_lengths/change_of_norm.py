# message: |w_t - w_{t-1}|
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return np.abs(np.diff(norm(w, axis=1))) / norm(w[1:], axis=1)
