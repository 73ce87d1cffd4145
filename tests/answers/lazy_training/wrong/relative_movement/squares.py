# message: these are squares
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    return (vectors - vectors[0]).square().sum(dim=1) / vectors[0].square().sum()
