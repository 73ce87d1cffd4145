# message: the mean over sets comes first
def split_risk(predictions, target):
    bias = predictions.mean(axis=(0, 1)) - target
    return (bias**2).mean(), predictions.var(axis=0).mean(), predictions.mean(axis=0).var(axis=0).mean()
