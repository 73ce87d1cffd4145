# message: all of it in float64?
def split_risk(predictions, target):
    predictions, target = predictions.astype(np.float32), target.astype(np.float32)

    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - target
    return (bias**2).mean(), of_sets.var(axis=0).mean(), predictions.var(axis=1).mean()
