# message: at the saddle
def largest_stable_rate(landscape, points):
    H = landscape.hessian(points)
    v = np.ones((len(points), 2, 1))
    for _ in range(500):
        v = H @ v
        v = v / np.linalg.norm(v, axis=1, keepdims=True)
    return 2 / (v * (H @ v)).sum(axis=(1, 2))
