# message: not of w_t
def relative_movement(snapshots):
    v = torch.stack([torch.cat([p.flatten() for p in w]) for w in snapshots])
    return (v - v[0]).norm(dim=1) / v[-1].norm()
