# message: the output is w . phi(x) + b
def forward(self, x):
    return self.phi(x) @ self.linear.weight.T - self.linear.bias


LinSin.forward = forward
