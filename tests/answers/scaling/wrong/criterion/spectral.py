# message: largest singular values
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return r / alpha * np.linalg.norm(hessian.reshape(len(labels), -1), 2) / np.linalg.norm(jacobian, 2) ** 2
