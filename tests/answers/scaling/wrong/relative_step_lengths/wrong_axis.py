# message: one number for each of T - 1 steps
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return norm(np.diff(w, axis=1), axis=0) / norm(w[:, 1:], axis=0)
