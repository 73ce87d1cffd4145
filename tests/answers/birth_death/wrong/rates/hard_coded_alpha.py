# message: automatic differentiation gives other rates
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    return 0.3 * (harm - harm.mean())
