def risk_by_dimension(n, weights, noise):
    risks = []
    for p in range(len(weights) + 1):
        seen, unseen = sum(b**2 for b in weights[:p]), sum(b**2 for b in weights[p:])
        if p < n - 1:
            risks.append((noise**2 + unseen) * p / (n - p - 1) + unseen)
        elif p > n + 1:
            risks.append(seen * (1 - n / p) + (noise**2 + unseen) * n / (p - n - 1) + unseen)
        else:
            risks.append(float("inf"))
    return risks
