# message: sums of absolute values
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return abs(alpha * outputs - labels).sum() / alpha * abs(hessian).sum() / abs(jacobian).sum() ** 2
