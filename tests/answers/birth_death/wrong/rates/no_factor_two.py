# message: factor 2
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (1 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
