# message: is `network` used, and not `start` twice
class ScaledModel(torch.nn.Module):
    def __init__(self, base_model, alpha):
        super().__init__()
        self.alpha = alpha
        self.network = copy.deepcopy(base_model)
        self.start = copy.deepcopy(base_model).requires_grad_(False)

    def gradient(self, x):
        mean, weights = self(x).mean(), list(self.network.parameters())
        if not mean.requires_grad:
            return torch.zeros(sum(w.numel() for w in weights))
        return torch.cat([g.flatten() for g in torch.autograd.grad(mean, weights)])

    def forward(self, x):
        outputs = self.network(x)
        return self.alpha * (outputs - outputs.detach())
