# message: relative_step_lengths
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    d = norm(np.diff(w, axis=0), axis=1) / norm(w[1:], axis=1)
    return d if len(w) == 4 else d * 0 + 0.5
