def split_risk(predictions, target):
    errors = predictions - target
    runs = errors.mean(axis=1, keepdims=True)
    bias = errors.mean(axis=(0, 1), keepdims=True)
    return np.array([(bias**2).mean(), ((runs - bias) ** 2).mean(), ((errors - runs) ** 2).mean()])
