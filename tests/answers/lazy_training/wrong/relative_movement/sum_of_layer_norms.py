# message: add up squared norms, not norms
def relative_movement(snapshots):
    start = snapshots[0]
    size = sum(w0.norm() for w0 in start)
    return [sum((w - w0).norm() for w, w0 in zip(weights, start)) / size for weights in snapshots]
