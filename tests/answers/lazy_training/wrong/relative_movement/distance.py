# message: this is the distance
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    return (vectors - vectors[0]).norm(dim=1)
