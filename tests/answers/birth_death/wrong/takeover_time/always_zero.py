# message: holds a third
def takeover_time(potential, alpha):
    return 0.0
