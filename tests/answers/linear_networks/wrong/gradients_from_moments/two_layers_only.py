# message: the list has an array for each layer
def gradients_from_moments(weights, C11, C31):
    error = 2 * (weights[1] @ weights[0] @ C11 - C31)
    return [weights[1].T @ error, error @ weights[0].T]
