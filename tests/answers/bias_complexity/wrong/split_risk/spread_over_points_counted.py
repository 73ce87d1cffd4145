# message: from point to point
def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    return ((of_sets.mean(axis=0) - target) ** 2).mean(), of_sets.var(), predictions.var(axis=1).mean()
