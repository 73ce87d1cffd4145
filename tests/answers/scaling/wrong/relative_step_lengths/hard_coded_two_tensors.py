# message: weights that turn on a circle
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([s[0].flatten(), s[-1].flatten()]) for s in snapshots])
    return w.diff(dim=0).norm(dim=1) / w[1:].norm(dim=1)
