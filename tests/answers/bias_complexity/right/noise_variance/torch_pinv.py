def noise_variance(features, deviations, new_features):
    import torch

    to = lambda a: torch.as_tensor(np.array(a, dtype=float))
    shares = to(new_features) @ torch.linalg.pinv(to(features), rtol=1e-12)
    return (shares * to(deviations)).square().sum(dim=1)
