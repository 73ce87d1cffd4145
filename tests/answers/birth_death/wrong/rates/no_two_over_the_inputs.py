# message: a factor 2 / B
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
