# message: divided by the norm of the start
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return w.diff(dim=0).norm(dim=1) / w[0].norm()
