# message: the output is w . phi(x) + b
def forward(self, x):
    return self.linear(self.phi(x)).mean(dim=0, keepdim=True).expand(len(x), 1)


LinSin.forward = forward
