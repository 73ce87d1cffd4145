# message: divides by the number of inputs
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.sum() / len(inputs))
