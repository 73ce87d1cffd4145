# message: a number for each input
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = 2 * (hidden @ charges - targets)
    return alpha * (harm - harm.mean())
