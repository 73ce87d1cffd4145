def criterion(outputs, labels, jacobian, hessian, alpha):
    n, P = jacobian.shape
    curvature = np.linalg.svd(hessian.reshape(n, P * P), compute_uv=False)
    asked = np.linalg.norm(outputs - labels / alpha)
    return asked * np.sqrt((curvature**2).sum()) / np.trace(jacobian @ jacobian.T)
