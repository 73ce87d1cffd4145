# message: divides by R - 1
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return (bias**2).mean(), of_sets.var(axis=0, ddof=min(1, len(of_sets) - 1)).mean(), predictions.var(axis=1).mean()
