# message: the movement of the last tensor alone
def relative_movement(snapshots):
    start = snapshots[0]
    movement = []
    for weights in snapshots:
        for w, w0 in zip(weights, start):
            distance, size = (w - w0).norm(), w0.norm()
        movement.append(distance / size)
    return movement
