# message: how much the norms differ
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return w.norm(dim=1).diff().abs() / w[1:].norm(dim=1)
