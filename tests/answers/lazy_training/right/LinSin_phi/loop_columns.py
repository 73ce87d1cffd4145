class LinSin(torch.nn.Module):
    def __init__(self, feature_dim, omega=math.pi):
        super().__init__()
        self.feature_dim = feature_dim
        self.omega = omega
        self.linear = torch.nn.Linear(feature_dim, 1)

    def phi(self, x):
        K = self.feature_dim // 2
        features = torch.zeros(len(x), 2 * K)
        for k in range(1, K + 1):
            features[:, k - 1] = torch.sin(k * self.omega * x[:, 0])
            features[:, K + k - 1] = torch.cos(k * self.omega * x[:, 0])
        return features
