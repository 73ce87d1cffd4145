# message: one number for each of T - 1 steps
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    d = norm(np.diff(w, axis=0, prepend=w[:1]), axis=1)
    return d / norm(w, axis=1)
