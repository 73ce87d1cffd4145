# message: the norm of the second derivatives should not be squared
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return r / alpha * H**2 / J**2
