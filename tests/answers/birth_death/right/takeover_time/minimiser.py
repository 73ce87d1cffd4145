def takeover_time(potential, alpha):
    # t + sum exp(-t g) / g is convex in t and least where the sum of exp(-t g) is 1.
    v = np.sort(np.asarray(potential))
    g = (v[1:] - v[0]) / max(v[-1] - v[0], 1e-300)
    if g.size < 2:
        return np.array(0.0)
    low, high = 0.0, np.log(g.size) / g[0]
    t = low
    for _ in range(300):
        slope, curve = 1 - np.exp(-t * g).sum(), (g * np.exp(-t * g)).sum()
        low, high = (t, high) if slope < 0 else (low, t)
        newton = t - slope / curve if curve else low
        t = newton if low < newton < high else (low + high) / 2
    return t / (alpha * (v[-1] - v[0]))
