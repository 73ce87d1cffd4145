def extrapolate(results, learning_rates):
    table = list(results)
    for level in range(1, len(table)):
        for i in range(len(table) - level):
            a, b = learning_rates[i], learning_rates[i + level]
            table[i] = (a * table[i + 1] - b * table[i]) / (a - b)
    return table[0]
