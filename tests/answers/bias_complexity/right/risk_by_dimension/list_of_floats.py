def risk_by_dimension(n, weights, noise):
    risks = []
    for p in range(len(weights) + 1):
        seen, unseen = (weights[:p] ** 2).sum(), (weights[p:] ** 2).sum()
        if abs(p - n) <= 1:
            risks.append(float("inf"))
        elif p < n:
            risks.append(unseen + p * (noise**2 + unseen) / (n - p - 1))
        else:
            risks.append(unseen + seen * (1 - n / p) + n * (noise**2 + unseen) / (p - n - 1))
    return risks
