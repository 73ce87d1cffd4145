def forward(self, x):
    weights, bias = self.linear.weight[0], self.linear.bias[0]
    outputs = []
    for features in self.phi(x):
        outputs.append(torch.dot(weights, features) + bias)
    return torch.stack(outputs).reshape(-1, 1)


LinSin.forward = forward
