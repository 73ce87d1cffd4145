# message: add up squared norms, not norms
def relative_step_lengths(snapshots):
    return [sum((b - a).norm() for a, b in zip(s, t)) / sum(b.norm() for b in t)
            for s, t in zip(snapshots, snapshots[1:])]
