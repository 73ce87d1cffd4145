# message: here the Jacobian cancels
def criterion(outputs, labels, jacobian, hessian, alpha):
    n = np.linalg.norm
    return n(alpha * outputs - labels) / alpha * n(hessian) / n(jacobian) * n(jacobian)
