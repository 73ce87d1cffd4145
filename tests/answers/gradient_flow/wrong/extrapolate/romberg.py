# message: takes the second rate for half
def extrapolate(results, learning_rates):
    order = np.argsort(learning_rates)[::-1]
    table = list(results[order])
    for level in range(1, len(table)):
        table = [(2**level * b - a) / (2**level - 1) for a, b in zip(table, table[1:])]
    return table[0]
