# message: has a factor 2 / B
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / inputs.shape[1] * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
