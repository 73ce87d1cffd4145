class LinSin(torch.nn.Module):
    def __init__(self, feature_dim, omega=math.pi):
        super().__init__()
        self.feature_dim = feature_dim
        self.omega = omega
        self.linear = torch.nn.Linear(feature_dim, 1)

    def phi(self, x):
        k = torch.arange(self.feature_dim // 2) + 1
        waves = torch.exp(1j * self.omega * torch.outer(x.squeeze(1), k))
        return torch.hstack([waves.imag, waves.real])
