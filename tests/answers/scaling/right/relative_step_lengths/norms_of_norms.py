def relative_step_lengths(snapshots):
    def norm(pieces):
        return torch.stack([p.norm() for p in pieces]).norm()

    return torch.stack([norm([b - a for a, b in zip(snapshots[t - 1], snapshots[t])]) / norm(snapshots[t])
                        for t in range(1, len(snapshots))])
