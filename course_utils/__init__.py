"""How neural networks learn: what the chapters and exercises share.

    data        datasets: toy regression, handwritten digits, MNIST, CIFAR-10
    models      networks and their initialisations
    training    gradient descent for one model or an ensemble -> History
    plots       draws what it is given: ax in, ax out
    explorables figures to play with on a page and in a notebook, without a kernel
    checks      comparisons with messages that teach; a look before handing in
    doctor      what is there, what is missing, how to mend it
    theory      closed forms, NumPy only
    instructor  staff only (the extra `[instructor]`); nothing above imports it

Importing the package itself is cheap: no torch, no matplotlib.
"""

__version__ = "0.1.0"
