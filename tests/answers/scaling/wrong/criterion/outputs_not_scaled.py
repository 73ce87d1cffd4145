# message: have to be multiplied by alpha
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return np.linalg.norm(outputs - labels) / alpha * H / J**2
