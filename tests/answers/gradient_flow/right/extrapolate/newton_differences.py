def extrapolate(results, learning_rates):
    rates, c = list(learning_rates), [np.array(r) for r in results]
    K = len(rates)
    for level in range(1, K):
        for i in range(K - 1, level - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (rates[i] - rates[i - level])
    value = c[-1]
    for i in range(K - 2, -1, -1):
        value = c[i] - rates[i] * value
    return value
