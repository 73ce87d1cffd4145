# message: one number for each step
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return w.diff(dim=0).norm() / w[1:].norm()
