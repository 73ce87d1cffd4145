def rates(weights, charges, inputs, targets, alpha):
    c = torch.tensor(charges, requires_grad=True)
    f = torch.relu(torch.tensor(inputs) @ torch.tensor(weights).T) @ c
    ((f - torch.tensor(targets)) ** 2).mean().backward()
    harm = c * c.grad
    return alpha * (harm - harm.mean())
