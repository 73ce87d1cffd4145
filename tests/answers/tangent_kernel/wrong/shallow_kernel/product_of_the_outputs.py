# message: the sum over all parameters
def shallow_kernel(x, other, u, b, a):
    def h(points):
        return np.maximum(np.multiply.outer(points, u) + b, 0) @ a

    return np.multiply.outer(h(x), h(other))
