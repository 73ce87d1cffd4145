# message: the movement is |w_t - w_0| / |w_0|
def relative_movement(snapshots):
    vectors = torch.stack([torch.cat([p.flatten() for p in weights]) for weights in snapshots])
    return (vectors - vectors[0]).abs().amax(dim=1) / vectors[0].abs().max()
