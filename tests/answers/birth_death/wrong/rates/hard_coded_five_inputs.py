# message: automatic differentiation gives other rates
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / 5 * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
