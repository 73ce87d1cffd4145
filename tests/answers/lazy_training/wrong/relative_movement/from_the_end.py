# message: the way from the end
def relative_movement(snapshots):
    v = torch.stack([torch.cat([p.flatten() for p in w]) for w in snapshots])
    return (v - v[-1]).norm(dim=1) / v[0].norm()
