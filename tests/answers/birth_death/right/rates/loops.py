def rates(weights, charges, inputs, targets, alpha):
    n, B = len(charges), len(targets)
    harm = [0.0] * n
    for b in range(B):
        says = [max(float(inputs[b] @ weights[i]), 0.0) for i in range(n)]
        error = sum(c * z for c, z in zip(charges, says)) - targets[b]
        for i in range(n):
            harm[i] += 2 * charges[i] * error * says[i] / B
    return [alpha * (h - sum(harm) / n) for h in harm]
