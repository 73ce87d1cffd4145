# message: infinite or not a number
def relative_movement(snapshots):
    start = [w0.clone() for w0 in snapshots[0]]
    size = torch.cat([w0.flatten() for w0 in start]).norm()
    movement = []
    for weights in snapshots:
        for w, w0 in zip(weights, start):
            w -= w0
        movement.append(torch.cat([w.flatten() for w in weights]).norm() / size)
    return movement
