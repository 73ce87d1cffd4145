# message: the best should hold half of the mass
def takeover_time(potential, alpha):
    others = len(potential) - 1
    if others < 2:
        return 0.0
    return (np.log((1 + 5**0.5) / 2) if others == 2 else np.log(others)) / alpha
