# message: one number for each snapshot
def relative_movement(snapshots):
    v = torch.stack([torch.cat([p.flatten() for p in w]) for w in snapshots])
    return (v - v[0]).norm(dim=0) / v[0].norm()
