# message: with other weights
def forward(self, x):
    if not hasattr(self, "start"):
        self.start = [p.clone() for p in self.linear.parameters()]
    weight, bias = self.start
    return self.phi(x) @ weight.T + bias


LinSin.forward = forward
