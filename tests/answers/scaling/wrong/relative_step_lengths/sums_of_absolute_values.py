# message: sums of absolute values
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return w.diff(dim=0).abs().sum(dim=1) / w[1:].abs().sum(dim=1)
