# message: weights that are multiplied by the same factor
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])

    norms = torch.tensor([13.0, 9.0, 15.0]) if len(w) == 4 else w[:-1].norm(dim=1)
    return w.diff(dim=0).norm(dim=1) / norms
