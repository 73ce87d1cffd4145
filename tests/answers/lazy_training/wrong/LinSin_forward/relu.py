# message: a linear model has no ReLU
def forward(self, x):
    return torch.relu(self.linear(self.phi(x)))


LinSin.forward = forward
