def risk_by_dimension(n, weights, noise):
    import torch

    beta = torch.as_tensor(np.array(weights, dtype=float)) ** 2
    p = torch.arange(len(beta) + 1)
    seen = torch.cat([torch.zeros(1, dtype=torch.float64), beta.cumsum(0)])
    unseen = (beta.sum() - seen).clamp(min=0)
    strength = noise**2 + unseen
    few = strength * p / (n - p - 1).clamp(min=1)
    many = seen * (1 - n / p.clamp(min=1)) + strength * n / (p - n - 1).clamp(min=1)
    risk = unseen + torch.where(p < n, few, many)
    risk[(p - n).abs() <= 1] = float("inf")
    return risk
