# message: largest entry of the diagonal
def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    top = np.maximum(H[:, 0, 0], H[:, 1, 1])
    return np.where(np.linalg.eigvalsh(H)[:, 1] > 0, 2 / np.where(top == 0, 1, top), np.inf)
