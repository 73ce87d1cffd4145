def kill_and_clone(weights, charges, rates, seed):
    generator = torch.Generator().manual_seed(int(seed))
    w, c, r = (torch.tensor(z) for z in (weights, charges, rates))
    n = len(c)
    u = torch.rand(n, generator=generator, dtype=torch.float64)
    copies = torch.ones(n, dtype=torch.long) - (u < r).long() + (u < -r).long()
    if copies.sum() == 0:
        return w, c
    pool = torch.repeat_interleave(torch.arange(n), copies)
    pool = pool[torch.randperm(len(pool), generator=generator)][:n]
    more = torch.randint(len(pool), (n - len(pool),), generator=generator)
    chosen = torch.cat([pool, pool[more]])
    return w[chosen], c[chosen]
