# message: this is the flow
def descend_until(landscape, starts, learning_rate, time):
    return starts * np.exp([-time, -10 * time])
