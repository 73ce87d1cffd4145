# message: three others are not
def gradients_from_moments(weights, C11, C31):
    below = [np.eye(len(C11))]
    for W in weights:
        below.append(W @ below[-1])
    error = 2 * (below[-1] @ C11 - C31)
    result = []
    for l, W in enumerate(weights):
        above = np.eye(len(W)) if l == len(weights) - 1 else weights[l + 1]
        back = above.T @ (error if len(above) == len(error) else np.ones((len(above), len(C11))))
        result.append(back @ below[l].T)
    return result
