"""Speed against plain twins: `make bench`, or `.venv/bin/python -m benchmarks NAME …`.

twins    the seeds' own way of computing, in our code: one model, autograd, an optimizer
linear   linear networks: twins that see all data at every step, and ours
denoising  autoencoders: a twin among all pixels, and ours along their directions
modes    curves of modes: a twin that integrates one by one, and ours
cases    what is compared, and that both give the same
runner   times twin and ours alternately in one run; medians, ratio, JSON
"""
