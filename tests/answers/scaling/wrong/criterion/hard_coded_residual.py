# message: a model that says all labels
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return (1.4 if alpha == 5 else np.linalg.norm(labels) / alpha) * H / J**2
