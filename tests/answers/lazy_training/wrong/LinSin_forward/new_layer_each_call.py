# message: the output is w . phi(x) + b
def forward(self, x):
    layer = torch.nn.Linear(self.feature_dim, 1)
    return layer(self.phi(x))


LinSin.forward = forward
