def criterion(outputs, labels, jacobian, hessian, alpha):
    asked = (((alpha * outputs - labels) ** 2).sum()) ** 0.5 / alpha
    return asked * (hessian**2).sum() ** 0.5 / (jacobian**2).sum()
