# message: these are the odd multiples
class LinSin(torch.nn.Module):
    def __init__(self, feature_dim, omega=math.pi):
        super().__init__()
        self.feature_dim = feature_dim
        self.omega = omega
        self.linear = torch.nn.Linear(feature_dim, 1)
    def phi(self, x):
        k = torch.arange(1, self.feature_dim, 2)
        return torch.cat([torch.sin(k * self.omega * x), torch.cos(k * self.omega * x)], dim=1)
