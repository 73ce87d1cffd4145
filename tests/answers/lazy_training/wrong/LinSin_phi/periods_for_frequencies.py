# message: the frequencies are divided by k
class LinSin(torch.nn.Module):
    def __init__(self, feature_dim, omega=math.pi):
        super().__init__()
        self.feature_dim = feature_dim
        self.omega = omega
        self.linear = torch.nn.Linear(feature_dim, 1)

    def phi(self, x):
        k = torch.arange(1, self.feature_dim // 2 + 1)
        angles = self.omega * x / k
        return torch.cat([torch.sin(angles), torch.cos(angles)], dim=1)
