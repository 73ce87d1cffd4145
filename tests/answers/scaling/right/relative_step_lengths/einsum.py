def relative_step_lengths(snapshots):
    w = torch.stack([torch.cat([p.flatten() for p in s]) for s in snapshots])

    step = w[1:] - w[:-1]
    return (torch.einsum("tp,tp->t", step, step) / torch.einsum("tp,tp->t", w[1:], w[1:])).sqrt()
