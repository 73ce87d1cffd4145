import torch


def best_map_of_rank(X, Y, rank):
    Q, R = torch.linalg.qr(torch.as_tensor(X))
    u, s, vt = torch.linalg.svd(Q.T @ torch.as_tensor(Y), full_matrices=False)
    cut = u[:, :rank] @ torch.diag(s[:rank]) @ vt[:rank]
    return torch.linalg.solve(R, cut).T.numpy()
