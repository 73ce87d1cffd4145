def forward(self, x):
    w, b = self.linear.parameters()
    return torch.einsum("np,op->no", self.phi(x), w).add(b)


LinSin.forward = forward
