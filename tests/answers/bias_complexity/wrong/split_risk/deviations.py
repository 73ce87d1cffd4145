# message: mean of standard deviations
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return (bias**2).mean(), of_sets.std(axis=0).mean(), predictions.std(axis=1).mean()
