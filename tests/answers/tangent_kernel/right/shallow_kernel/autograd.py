def shallow_kernel(x, other, u, b, a):
    w = torch.cat([torch.tensor(p) for p in (u, b, a, np.zeros(1))])
    n = len(u)

    def rows(points):
        def outputs(w):
            return torch.relu(torch.outer(torch.tensor(points), w[:n]) + w[n : 2 * n]) @ w[2 * n : 3 * n] + w[-1]

        return torch.autograd.functional.jacobian(outputs, w)

    return rows(x) @ rows(other).T
