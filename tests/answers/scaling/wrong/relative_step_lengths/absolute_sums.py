# message: sums of absolute values
import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    return np.abs(np.diff(w, axis=0)).sum(1) / np.abs(w[1:]).sum(1)
