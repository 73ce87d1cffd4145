def rates(weights, charges, inputs, targets, alpha):
    c = torch.tensor(charges, requires_grad=True)
    outputs = torch.relu(torch.tensor(inputs) @ torch.tensor(weights).T) @ c
    torch.nn.functional.mse_loss(outputs, torch.tensor(targets)).backward()
    harm = c * c.grad
    return alpha * (harm - harm.mean())
