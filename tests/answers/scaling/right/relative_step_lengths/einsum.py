import numpy as np


def relative_step_lengths(snapshots):
    w, norm = np.asarray(snapshots), np.linalg.norm
    d = w[1:] - w[:-1]
    return np.sqrt(np.einsum('tp,tp->t', d, d) / np.einsum('tp,tp->t', w[1:], w[1:]))
