class LinSin(torch.nn.Module):
    def __init__(self, feature_dim, omega=math.pi):
        super().__init__()
        self.feature_dim = feature_dim
        self.omega = omega
        self.linear = torch.nn.Linear(feature_dim, 1)

    def phi(self, x):
        frequencies = [self.omega * k for k in range(1, self.feature_dim // 2 + 1)]
        sines = [(w * x).sin() for w in frequencies]
        cosines = [(w * x).cos() for w in frequencies]
        return torch.cat(sines + cosines, dim=1)
