def rates(weights, charges, inputs, targets, alpha):
    w, c, x, y = (torch.as_tensor(z) for z in (weights, charges, inputs, targets))

    def loss(log_size):
        return ((torch.clamp(x @ w.T, min=0) @ (c * log_size.exp()) - y) ** 2).sum() / len(y)

    harm = torch.autograd.functional.jacobian(loss, torch.zeros_like(c))
    centre = torch.eye(len(c), dtype=c.dtype) - 1 / len(c)
    return alpha * centre @ harm
