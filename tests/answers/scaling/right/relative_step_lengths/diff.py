import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return norm(np.diff(w, axis=0), axis=1) / norm(w[1:], axis=1)
