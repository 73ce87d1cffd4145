# message: RuntimeError: shape '[9, 1]' is invalid
def forward(self, x):
    return self.linear(self.phi(x)).reshape(9, 1)


LinSin.forward = forward
