# message: the output is w . phi(x) + b
def forward(self, x):
    return torch.sin(self.linear(self.phi(x)))


LinSin.forward = forward
