# message: its sign counts
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
        return self.alpha * (self.start(x) - self.network(x)).abs()
