def criterion(outputs, labels, jacobian, hessian, alpha):
    n, P = len(jacobian), len(jacobian[0])
    residual = sum((alpha * outputs[i] - labels[i]) ** 2 for i in range(n))
    slopes = sum(jacobian[i, p] ** 2 for i in range(n) for p in range(P))
    bends = sum(hessian[i, p, q] ** 2 for i in range(n) for p in range(P) for q in range(P))
    return residual**0.5 * bends**0.5 / slopes / alpha
