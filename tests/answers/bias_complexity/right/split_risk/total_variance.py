def split_risk(predictions, target):
    errors = predictions - target
    total = errors.var(axis=(0, 1)).mean()
    start = np.mean([errors[r].var(axis=0) for r in range(len(errors))])
    return np.square(errors.mean(axis=(0, 1))).mean(), total - start, start
