# message: the sign: who does more harm
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / len(inputs) * hidden.T @ (targets - hidden @ charges))
    return alpha * (harm - harm.mean())
