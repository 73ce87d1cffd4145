# message: differ within sets only
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return (bias**2).mean(), of_sets.var(axis=0).mean(), ((predictions[:, -1] - predictions[:, 0]) ** 2).mean() / 3
