# message: the mean over the particles is not taken off
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    return alpha * charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
