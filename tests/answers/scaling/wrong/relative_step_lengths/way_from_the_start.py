# message: this is the way from the start
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return (w[1:] - w[0]).norm(dim=1) / w[1:].norm(dim=1)
