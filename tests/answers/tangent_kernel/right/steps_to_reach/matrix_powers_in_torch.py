def steps_to_reach(kernel, labels, learning_rate, loss):
    n = len(labels)
    values, vectors = torch.linalg.eigh(torch.tensor(kernel))
    values = torch.where(values > 1e-10 * values.max(), values, 0)
    clean = vectors @ torch.diag(values) @ vectors.T
    step = vectors @ torch.diag(1 - 2 * learning_rate / n * values) @ vectors.T
    missing = torch.tensor(labels)
    if (missing**2).mean() <= loss:
        return 0
    if ((vectors[:, values == 0].T @ missing) ** 2).sum() / n > loss:
        return torch.tensor(float("inf"))
    powers = [step]
    while ((powers[-1] @ missing) ** 2).mean() > loss:
        powers.append(powers[-1] @ powers[-1])
    k = 0
    for i in reversed(range(len(powers))):
        if ((powers[i] @ missing) ** 2).mean() > loss:
            missing, k = powers[i] @ missing, k + 2**i
    return torch.tensor(k + 1)
