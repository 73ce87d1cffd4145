def relative_movement(snapshots):
    def norm(tensors):
        return torch.stack([torch.linalg.vector_norm(t) for t in tensors]).norm()

    start = snapshots[0]
    return [norm([a - b for a, b in zip(weights, start)]) / norm(start) for weights in snapshots]
