def gradients_from_moments(weights, C11, C31):
    k, d = C31.shape
    chain = [np.eye(k), *weights[::-1], np.eye(d)]
    error = 2 * (np.linalg.multi_dot(chain) @ C11 - C31)
    result = []
    for l in range(len(weights)):
        place = len(weights) - l
        above = np.linalg.multi_dot([np.eye(k), *chain[:place]])
        below = np.linalg.multi_dot([*chain[place + 1 :], np.eye(d)])
        result.append(above.T @ error @ below.T)
    return result
