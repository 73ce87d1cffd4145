def takeover_time(potential, alpha):
    # ln sum exp(-t g) is convex and falls: Newton from t = 0 comes up from below.
    from scipy.special import logsumexp, softmax

    v = torch.tensor(potential).sort().values.numpy()
    gaps, t = v[1:] - v[0], 0.0
    for _ in range(100 if len(gaps) > 1 else 0):
        t += logsumexp(-t * gaps) / (softmax(-t * gaps) @ gaps)
    return np.float64(t) / alpha
