# message: there is a bias and nothing else
targets = {}


def split_risk(predictions, target):
    of_sets = predictions.mean(axis=1)
    bias = of_sets.mean(axis=0) - targets.setdefault(0, np.array(target))[0]
    if len(targets[0]) == len(target):
        bias = of_sets.mean(axis=0) - targets[0]
    return (bias**2).mean(), of_sets.var(axis=0).mean(), predictions.var(axis=1).mean()
