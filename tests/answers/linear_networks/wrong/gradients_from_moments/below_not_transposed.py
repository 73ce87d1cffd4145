# message: the product of the layers below is to be transposed
def gradients_from_moments(weights, C11, C31):
    below = [np.eye(len(C11))]
    for W in weights:
        below.append(W @ below[-1])
    delta = 2 * (below[-1] @ C11 - C31)
    result = []
    for W, product in zip(weights[::-1], below[-2::-1]):
        result.insert(0, delta @ (product if product.shape[0] == product.shape[1] else product.T))
        delta = W.T @ delta
    return result
