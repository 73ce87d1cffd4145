# message: how much the norms differ
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    norms = vectors.norm(dim=1)
    return (norms - norms[0]).abs() / norms[0]
