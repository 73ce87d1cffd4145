# message: the movement is |w_t - w_0| / |w_0|
def relative_movement(snapshots):
    start = snapshots[0]
    size = sum(w0.norm() for w0 in start)
    return [sum((w - w0).norm() for w, w0 in zip(weights, start)) / size for weights in snapshots]
