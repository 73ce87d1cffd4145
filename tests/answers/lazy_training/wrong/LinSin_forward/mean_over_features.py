# message: this is a mean over the features
def forward(self, x):
    return (self.phi(x) * self.linear.weight).mean(dim=1, keepdim=True) + self.linear.bias
LinSin.forward = forward
