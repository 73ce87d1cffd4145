def population_loss(weights, charges, teacher_weights, teacher_charges, slope):
    # A leaky particle is two of the ReLU: theta with charge c, and -theta with charge -s c.
    w = torch.tensor(np.vstack([weights, -weights, teacher_weights, -teacher_weights]))
    q = torch.tensor(np.concatenate([charges, -slope * charges, -teacher_charges, slope * teacher_charges]))
    lengths = w.norm(dim=1, keepdim=True)
    cosine = ((w / lengths) @ (w / lengths).T).clamp(-1, 1)
    k = lengths * lengths.T * ((1 - cosine**2).sqrt() + (torch.pi - cosine.arccos()) * cosine)
    return (q @ k @ q / (2 * torch.pi * w.shape[1])).item()
