# message: the bias is missing
def forward(self, x):
    return self.phi(x) @ self.linear.weight.T


LinSin.forward = forward
