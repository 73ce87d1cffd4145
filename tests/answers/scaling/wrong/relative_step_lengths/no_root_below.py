# message: the norm below the line is a root
def relative_step_lengths(snapshots):
    out = []
    for a, b in zip(snapshots, snapshots[1:]):
        out.append(sum(((q - p)**2).sum() for p, q in zip(a, b))**0.5 / sum((q**2).sum() for q in b))
    return out
