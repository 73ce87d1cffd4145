# message: one output for each input, as a column
def forward(self, x):
    return self.linear(self.phi(x)).squeeze()


LinSin.forward = forward
