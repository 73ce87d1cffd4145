# message: the outputs are not 0 here
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return np.linalg.norm(labels) / alpha * H / J**2
