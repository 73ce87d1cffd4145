import torch


def expected_denoising_gradients(W21, W32, X, variances):
    a, b = (torch.tensor(np.asarray(w), requires_grad=True) for w in (W21, W32))
    x, v = torch.tensor(np.asarray(X)), torch.tensor(np.asarray(variances))
    loss = (x - x @ (b @ a).T).square().sum() / (2 * len(x)) + ((b @ a).square() * v).sum() / 2
    return torch.autograd.grad(loss, [a, b])
