# message: the rates should
def rates(weights, charges, inputs, targets, alpha):
    weights, charges, inputs, targets = (z.astype(np.float32) for z in (weights, charges, inputs, targets))
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
