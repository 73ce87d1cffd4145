# message: sums of absolute values
def relative_movement(snapshots):
    v = torch.stack([torch.cat([p.flatten() for p in w]) for w in snapshots])
    return (v - v[0]).abs().sum(dim=1) / v[0].abs().sum()
