def relative_movement(snapshots):
    start = snapshots[0]
    size = math.sqrt(sum(float((w0 ** 2).sum()) for w0 in start))
    movement = []
    for weights in snapshots:
        square = 0.0
        for w, w0 in zip(weights, start):
            square += ((w - w0) ** 2).sum().item()
        movement.append(math.sqrt(square) / size)
    return movement
