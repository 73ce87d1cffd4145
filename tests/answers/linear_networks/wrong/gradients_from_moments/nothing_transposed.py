# message: the products of the other layers are to be transposed
def gradients_from_moments(weights, C11, C31):
    whole = np.eye(len(C11))
    for W in weights:
        whole = W @ whole
    error = 2 * (whole @ C11 - C31)
    return [weights[1] @ error, error @ weights[0]]
