# message: one number for each snapshot
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    return (vectors[1:] - vectors[0]).norm(dim=1) / vectors[0].norm()
