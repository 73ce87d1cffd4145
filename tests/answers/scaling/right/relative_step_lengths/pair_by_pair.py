def relative_step_lengths(snapshots):
    lengths = []
    for before, after in zip(snapshots, snapshots[1:]):
        step = sum(float(((b - a) ** 2).sum()) for a, b in zip(before, after))
        lengths.append((step / sum(float((b**2).sum()) for b in after)) ** 0.5)
    return lengths
