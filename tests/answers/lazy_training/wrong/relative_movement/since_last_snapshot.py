# message: the way since the last snapshot
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    steps = torch.cat([vectors[:1], vectors[:-1]])
    return (vectors - steps).norm(dim=1) / vectors[0].norm()
