# message: one number for all points together
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = abs(alpha * outputs - labels)
    return r / alpha * np.linalg.norm(hessian, axis=(1, 2)) / np.linalg.norm(jacobian, axis=1) ** 2
