# message: T snapshots have T - 1
def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])
    return torch.cat([w.new_zeros(1), w.diff(dim=0).norm(dim=1) / w[1:].norm(dim=1)])
