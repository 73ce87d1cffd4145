# message: layer by layer
def relative_movement(snapshots):
    start = snapshots[0]
    movement = []
    for weights in snapshots:
        ratios = [(w - w0).norm() / w0.norm() for w, w0 in zip(weights, start)]
        movement.append(sum(ratios) / len(ratios))
    return movement
