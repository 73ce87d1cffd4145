def criterion(outputs, labels, jacobian, hessian, alpha):
    h, y, J, H = (torch.tensor(a) for a in (outputs, labels, jacobian, hessian))
    return (h - y / alpha).norm() * H.norm() / J.norm() ** 2
