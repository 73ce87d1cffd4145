# message: three numbers
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return bias**2, of_sets.var(axis=0), predictions.var(axis=1)
