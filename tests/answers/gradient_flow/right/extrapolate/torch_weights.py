import torch


def extrapolate(results, learning_rates):
    rates = torch.as_tensor(learning_rates, dtype=torch.float64)
    rates = rates / rates.max()
    powers = torch.stack([rates**j for j in range(len(rates))])
    first = torch.zeros(len(rates), dtype=torch.float64)
    first[0] = 1
    return torch.einsum("k,k...->...", torch.linalg.solve(powers, first), torch.as_tensor(results))
