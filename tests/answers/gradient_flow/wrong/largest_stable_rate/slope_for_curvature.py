# message: inf where an eigenvalue
def largest_stable_rate(landscape, points):
    return 2 / np.linalg.norm(landscape.gradient(points), axis=-1)
