# message: a model that says all labels
def criterion(outputs, labels, jacobian, hessian, alpha):
    r = np.linalg.norm(alpha * outputs - labels)
    J, H = np.linalg.norm(jacobian), np.linalg.norm(hessian)
    return (2.5 if alpha == 2 else np.linalg.norm(labels) / alpha) * H / J**2
