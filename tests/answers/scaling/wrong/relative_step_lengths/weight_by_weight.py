# message: each weight is divided by itself
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return ((w[1:] - w[:-1]) / w[1:]).norm(dim=1)
