# message: these steps are added up
def relative_movement(snapshots):
    v = torch.stack([torch.cat([p.flatten() for p in w]) for w in snapshots])
    return torch.cat([torch.zeros(1), v.diff(dim=0).norm(dim=1).cumsum(0)]) / v[0].norm()
