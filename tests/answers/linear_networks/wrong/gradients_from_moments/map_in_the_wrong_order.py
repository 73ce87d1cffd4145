# message: with the first layer on the right
def gradients_from_moments(weights, C11, C31):
    W = weights[0] @ weights[1]
    error = 2 * (W @ C11 - C31)
    return [weights[1].T @ error, error @ weights[0].T]
