# message: the sum over all parameters
def shallow_kernel(x, other, a, b, v):
    def h(points):
        return np.maximum(np.multiply.outer(points, a) + b, 0) @ v

    return np.multiply.outer(h(x), h(other))
