# message: it returned None
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    w.diff(dim=0).norm(dim=1) / w[1:].norm(dim=1)
