def largest_stable_rate(landscape, points):
    rates = []
    for p in points:
        top = np.linalg.eig(landscape.hessian(p))[0].real.max()
        rates.append(2 / top if top > 0 else float("inf"))
    return rates
