# message: weights that turn on a circle
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])

    n = (w**2).sum(dim=1).float()
    dots = (w[1:] * w[:-1]).sum(dim=1).float()
    return ((n[1:] + n[:-1] - 2 * dots).clamp(min=0) / n[1:]).sqrt()
