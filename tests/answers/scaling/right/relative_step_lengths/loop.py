import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return [norm(after - before) / norm(after) for before, after in zip(w, w[1:])]
