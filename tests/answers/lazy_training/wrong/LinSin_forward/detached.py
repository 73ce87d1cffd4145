# message: no gradient gets from the output
def forward(self, x):
    with torch.no_grad():
        return self.linear(self.phi(x))
LinSin.forward = forward
