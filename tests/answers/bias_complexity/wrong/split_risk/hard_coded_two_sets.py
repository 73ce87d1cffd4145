# message: differ between sets only
def split_risk(predictions, target):
    first, second = predictions[0].mean(axis=0), predictions[-1].mean(axis=0)
    bias = predictions.mean(axis=(0, 1)) - target
    return (bias**2).mean(), ((first - second) ** 2).mean() / 4, predictions.var(axis=1).mean()
