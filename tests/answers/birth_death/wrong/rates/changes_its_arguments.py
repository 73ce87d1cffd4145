# message: alpha times (c_i dL/dc_i minus its mean
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    hidden *= charges
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden.sum(axis=1) - targets))
    return alpha * (harm - harm.mean())
