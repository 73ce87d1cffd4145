# message: all parameters
def relative_movement(snapshots):
    start = snapshots[0][0]
    return [(weights[0] - start).norm() / start.norm() for weights in snapshots]
