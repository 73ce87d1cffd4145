# message: the norm of the residual should not be squared
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return r**2 / alpha * H / J**2
