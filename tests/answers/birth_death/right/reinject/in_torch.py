def reinject(weights, charges, rates, prior, seed):
    generator = torch.Generator().manual_seed(int(seed))
    w, c = torch.tensor(weights), torch.tensor(charges)
    dead = torch.bernoulli(torch.tensor(rates).clamp(0, 1), generator=generator).bool()
    w[dead] = prior * torch.randn(int(dead.sum()), w.shape[1], generator=generator, dtype=w.dtype)
    return w, c.masked_fill(dead, 0)
