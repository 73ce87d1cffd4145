"""Speed against plain twins: `make bench`, or `.venv/bin/python -m benchmarks NAME …`.

twins    the seeds' own way of computing, in our code: one model, autograd, an optimizer
cases    what is compared, and that both give the same
runner   times twin and ours alternately in one run; medians, ratio, JSON
"""
