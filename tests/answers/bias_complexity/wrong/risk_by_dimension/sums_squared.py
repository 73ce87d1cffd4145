# message: squares of their weights add up
def risk_by_dimension(n, weights, noise):
    risks = []
    for p in range(len(weights) + 1):
        seen, unseen = weights[:p].sum() ** 2, weights[p:].sum() ** 2
        if p < n - 1:
            risks.append((noise**2 + unseen) * p / (n - p - 1) + unseen)
        elif p > n + 1:
            risks.append(seen * (1 - n / p) + (noise**2 + unseen) * n / (p - n - 1) + unseen)
        else:
            risks.append(np.inf)
    return risks
