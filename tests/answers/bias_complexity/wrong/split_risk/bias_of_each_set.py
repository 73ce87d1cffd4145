# message: squares the error of each set
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    return ((of_sets - target) ** 2).mean(), of_sets.var(axis=0).mean(), predictions.var(axis=1).mean()
