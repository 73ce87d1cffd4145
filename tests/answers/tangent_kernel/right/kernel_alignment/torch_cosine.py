def kernel_alignment(kernels, reference):
    rows = torch.as_tensor(kernels.copy()).flatten(start_dim=1)
    rows = rows / rows.norm(dim=1, keepdim=True)
    return rows @ torch.nn.functional.normalize(torch.as_tensor(reference.copy()).flatten(), dim=0, eps=1e-300)
