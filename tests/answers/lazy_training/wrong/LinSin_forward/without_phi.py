# message: RuntimeError: mat1 and mat2 shapes
def forward(self, x):
    return self.linear(x)


LinSin.forward = forward
