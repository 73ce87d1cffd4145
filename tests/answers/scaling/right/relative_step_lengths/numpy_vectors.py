def relative_step_lengths(snapshots):
    w = np.array([np.concatenate([p.numpy().ravel() for p in s]) for s in snapshots])
    return np.linalg.norm(w[1:] - w[:-1], axis=1) / np.linalg.norm(w[1:], axis=1)
