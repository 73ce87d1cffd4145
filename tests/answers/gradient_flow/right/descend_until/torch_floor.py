import math

import torch


def descend_until(landscape, starts, learning_rate, time):
    n_steps = math.floor(time / learning_rate + 0.5)
    w = torch.tensor(starts, dtype=torch.float64)
    for _ in range(n_steps):
        w = w - learning_rate * torch.from_numpy(landscape.gradient(w.numpy()))
    return w
