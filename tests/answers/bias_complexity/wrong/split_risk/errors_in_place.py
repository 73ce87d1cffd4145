# message: the second term
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    predictions -= target
    bias = predictions.mean(axis=(0, 1))
    return (bias**2).mean(), ((of_sets - bias) ** 2).mean(), predictions.var(axis=1).mean()
