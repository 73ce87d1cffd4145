# message: off the diagonal, are left out
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return r / alpha * np.linalg.norm(np.einsum('npp->np', hessian)) / J**2
