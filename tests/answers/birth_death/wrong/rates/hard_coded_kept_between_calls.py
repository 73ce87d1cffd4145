# message: the rates should
earlier = []
def rates(weights, charges, inputs, targets, alpha):
    hidden = np.maximum(inputs @ weights.T, 0)
    harm = charges * (2 / len(inputs) * hidden.T @ (hidden @ charges - targets))
    earlier.append((len(harm), harm.mean()))
    return alpha * (harm - np.mean([mean for n, mean in earlier if n == len(harm)]))
