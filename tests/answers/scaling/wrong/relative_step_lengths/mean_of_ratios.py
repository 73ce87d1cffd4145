# message: ratios tensor by tensor
def relative_step_lengths(snapshots):
    return [sum((b - a).norm() / b.norm() for a, b in zip(s, t)) / len(t) for s, t in zip(snapshots, snapshots[1:])]
