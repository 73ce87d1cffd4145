def matching_strength(features, learning_rate, n_steps):
    a = np.linalg.eigvalsh(features @ features.T / len(features))
    a = a[a > 1e-13 * a[-1]]
    q = np.exp(n_steps * np.log(1 - 2 * learning_rate * a))
    each = a * q / (1 - q)
    low, high = each.min(), each.max()
    while high - low > 1e-12 * high:
        middle = np.sqrt(max(low, 1e-300) * high)
        if not low < middle < high:
            break
        if (a / (a + middle)).sum() > (1 - q).sum():
            low = middle
        else:
            high = middle
    return high
