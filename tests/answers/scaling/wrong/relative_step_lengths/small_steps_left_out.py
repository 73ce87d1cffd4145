# message: weights that turn on a circle
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])

    lengths = w.diff(dim=0).norm(dim=1) / w[1:].norm(dim=1)
    return torch.where(lengths < 1e-4, torch.zeros_like(lengths), lengths)
