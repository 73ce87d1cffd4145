# message: sums over the test points
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return (bias**2).sum(), of_sets.var(axis=0).sum(), predictions.var(axis=1).mean(axis=0).sum()
