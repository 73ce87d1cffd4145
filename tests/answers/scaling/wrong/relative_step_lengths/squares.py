# message: these are squares
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return (w.diff(dim=0) ** 2).sum(dim=1) / (w[1:] ** 2).sum(dim=1)
