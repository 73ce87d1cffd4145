# message: alpha times (c_i dL/dc_i minus its mean
def rates(weights, charges, inputs, targets, alpha):
    hidden = inputs @ weights.T
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    return alpha * (harm - harm.mean())
