# message: sets and starts are exchanged
def split_risk(predictions, target):
    of_starts = predictions.mean(axis=0)
    bias = of_starts.mean(axis=0) - target
    return (bias**2).mean(), of_starts.var(axis=0).mean(), predictions.var(axis=0).mean()
