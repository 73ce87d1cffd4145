# message: wrong shape: one time
def takeover_time(potential, alpha):
    return np.log(2) / (alpha * (np.sort(potential)[1:] - np.min(potential)))
