# message: one output for each input, as a column
def forward(self, x):
    return self.linear.weight @ self.phi(x).T + self.linear.bias


LinSin.forward = forward
