# message: steps of the first tensor alone
def relative_step_lengths(snapshots):
    w = torch.stack([s[0].flatten() for s in snapshots])
    return w.diff(dim=0).norm(dim=1) / w[1:].norm(dim=1)
