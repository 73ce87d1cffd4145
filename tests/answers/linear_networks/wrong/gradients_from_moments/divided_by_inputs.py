# message: divide by nothing
def gradients_from_moments(weights, C11, C31):
    below = [np.eye(len(C11))]
    for W in weights:
        below.append(W @ below[-1])
    delta = 2 * (below.pop() @ C11 - C31) / len(C11)
    result = []
    for W, product in zip(weights[::-1], below[::-1]):
        result.insert(0, delta @ product.T)
        delta = W.T @ delta
    return result
