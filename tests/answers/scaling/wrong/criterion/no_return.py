# message: it returned None
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    r / alpha * H / J**2
