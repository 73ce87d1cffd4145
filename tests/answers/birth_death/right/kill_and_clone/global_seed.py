def kill_and_clone(weights, charges, rates, seed):
    np.random.seed(seed)
    n = len(charges)
    number = np.floor(1 - np.clip(rates, -1, 1) + np.random.rand(n)).astype(int)
    number[rates == 0] = 1
    if number.sum() == 0:
        return weights, charges
    table = np.column_stack([weights, charges]).repeat(number, axis=0)
    if len(table) >= n:
        table = table[np.random.choice(len(table), n, replace=False)]
    else:
        table = np.vstack([table, table[np.random.choice(len(table), n - len(table))]])
    return table[:, :-1], table[:, -1]
