# message: take the norm of the difference
def criterion(outputs, labels, jacobian, hessian, alpha):
    n = np.linalg.norm
    return (n(alpha * outputs) - n(labels)) / alpha * n(hessian) / n(jacobian) ** 2
