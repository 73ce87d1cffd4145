# message: not a sum of roots
def criterion(outputs, labels, jacobian, hessian, alpha):
    n = np.linalg.norm
    return n(alpha * outputs - labels) / alpha * n(hessian, axis=(1, 2)).sum() / n(jacobian) ** 2
