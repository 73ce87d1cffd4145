# message: outputs and labels are added
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return np.linalg.norm(alpha * outputs + labels) / alpha * H / J**2
