# message: these are largest entries
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return (w[1:] - w[:-1]).abs().max(dim=1).values / w[1:].abs().max(dim=1).values
