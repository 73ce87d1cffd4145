# message: the charge stands there once
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    hidden *= charges
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden.sum(axis=1) - targets))
    return alpha * (harm - harm.mean())
