"""Where to compute: one call that takes a GPU where there is one, and says which it took."""

import torch


def choose_device() -> torch.device:
    """The GPU where torch sees one, else the CPU; prints which. Pass it on as `device=`.

    Small networks are as fast on a CPU; a GPU is for larger ensembles, widths and datasets.
    """
    if torch.cuda.is_available():
        print(f"computing on {torch.cuda.get_device_name()}")
        return torch.device("cuda")
    print("computing on the CPU")
    return torch.device("cpu")
