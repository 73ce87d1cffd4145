# message: the bias is there twice
def forward(self, x):
    return self.linear(self.phi(x)) + self.linear.bias
LinSin.forward = forward
