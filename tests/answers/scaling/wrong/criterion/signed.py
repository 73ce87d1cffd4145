# message: |alpha h - y| / alpha times
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return (alpha * outputs - labels).sum() / alpha * H / J**2
