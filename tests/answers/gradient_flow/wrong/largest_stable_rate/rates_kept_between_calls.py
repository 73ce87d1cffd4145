# message: one rate for each point
kept = []


def largest_stable_rate(landscape, points):
    if not kept:
        e = np.linalg.eigvalsh(landscape.hessian(points))
        kept.append(np.where(e[:, -1] > 0, 2 / e[:, -1], np.inf))
    return kept[0]
