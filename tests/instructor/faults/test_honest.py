"""Honest mistakes: what stands in an answer's cell beside the answer costs nothing.

A whole submission goes through `grading.grade`: six answers in one notebook, and one mistake in the
cell of `loss`, before or after the function, or within it.
"""

# ruff: noqa: E501 (a case is a line)

import json
from dataclasses import replace

import nbformat
import pytest

from course_utils.instructor import warm
from course_utils.instructor.grading import grade
from course_utils.instructor.record import Record
from course_utils.instructor.submissions import Job
from tests.instructor.boxes import boxes, task
from tests.instructor.handed_in import code_answers, handed_in, released

pytestmark = pytest.mark.bubblewrap

NAME = "loss"
ASSIGNMENT = "linear_networks"
SOLUTION = code_answers(ASSIGNMENT)[NAME]
MARK, BODY = SOLUTION.split("\n", 1)

BESIDE = {
    "Drive": 'from google.colab import drive\ndrive.mount("/content/drive")',
    "Drive, forced": 'import google.colab\ngoogle.colab.drive.mount("/content/drive", force_remount=True)',
    "Colab's modules": "from google.colab import auth, data_table, files, output, userdata\nfiles.upload()\nfiles.download('x.png')\noutput.clear()\nkey = userdata.get('KEY')\nauth.authenticate_user()",
    "Colab's windows": "from google.colab.patches import cv2_imshow\ncv2_imshow(None)",
    "is it Colab": "import sys\nIN_COLAB = 'google.colab' in sys.modules\nif IN_COLAB:\n    import os\n    os.chdir('/content')",
    "pip by shell": "!pip install -q seaborn",
    "pip by magic": "%pip install seaborn",
    "inline": "%matplotlib inline\n%load_ext autoreload\n%autoreload 2",
    "shell": "!nvidia-smi\nfiles = !ls\n!ls *.ipynb \\\n  -l",
    "shell in an if": "if True:\n    !ls\n    %cd /content",
    "debug": "%debug",
    "help": "?np.linalg\nnp.linalg?\nnp.linalg.svd??",
    "get_ipython": "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')",
    "get_ipython imported": "from IPython import get_ipython\nget_ipython().run_line_magic('matplotlib', 'inline')\nif get_ipython() is None:\n    raise ValueError",
    "display": "display(np.eye(2))",
    "display imported": "from IPython.display import clear_output, display, HTML, Image, Math, Markdown\nclear_output(wait=True)\ndisplay(HTML('<b>x</b>'), Math('x'))",
    "widgets": "import ipywidgets as widgets\nfrom ipywidgets import interact\ninteract(lambda x: x, x=3)\nwidgets.IntSlider()",
    "progress": "from tqdm.notebook import tqdm, trange\nfor i in tqdm(range(3)): pass\nfrom tqdm.auto import tqdm\nfor i in tqdm(range(3), desc='x'): pass",
    "warning": "import warnings, sys\nwarnings.warn('old')\nprint('to stderr', file=sys.stderr)\nnp.log(np.array([0.0]))",
    "warnings as errors": "import warnings\nwarnings.simplefilter('error')\nnp.log(np.array([0.0]))",
    "logging": "import logging\nlogging.basicConfig(level=logging.DEBUG)\nlogging.warning('x')",
    "much output": "for i in range(1000): print('x' * 1000)",
    "show": "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "plot of the wrong shape": "import matplotlib.pyplot as plt\nplt.plot([1, 2], [1, 2, 3])",
    "plot of what another cell holds": "import matplotlib.pyplot as plt\nplt.plot(losses_of_my_experiment)",
    "backend that is not there": "import matplotlib\nmatplotlib.use('TkAgg')\nimport matplotlib.pyplot as plt\nplt.figure()\nplt.show()",
    "style that is not there": "import matplotlib.pyplot as plt\nplt.style.use('seaborn-fancy')",
    "file": "import matplotlib.pyplot as plt\nplt.savefig('x.png')\nnp.savetxt('x.txt', np.eye(2))",
    "file elsewhere": "import matplotlib.pyplot as plt\nplt.savefig('/content/drive/MyDrive/x.png')",
    "folder": "import os\nos.makedirs('/content/out', exist_ok=True)\nos.chdir('/content')",
    "guarded GPU": "import torch\ndevice = 'cuda' if torch.cuda.is_available() else 'cpu'\nif torch.cuda.is_available(): torch.set_default_device('cuda')\ntorch.eye(2).to(device)",
    "GPU": "import torch\ntorch.eye(2).cuda()",
    "module that is not there": "import tensorflow as tf\nimport seaborn as sns\nsns.set()",
    "modules on one line": "import tensorflow; import pandas as pd; pd.DataFrame()",
    "modules that are there": "import scipy.stats, scipy.linalg, sympy\nfrom math import *",
    "main": "if __name__ == '__main__':\n    print('main')",
    "seeds": "import random\nimport torch\nrandom.seed(1)\nnp.random.seed(0)\ntorch.manual_seed(0)\nrng = np.random.default_rng(0)",
    "threads": "import torch\ntorch.set_num_threads(2)\ntorch.set_default_dtype(torch.float64)",
    "input": "rate = float(input('rate? '))",
    "breakpoint": "breakpoint()",
    "exit": "exit()",
    "experiment": "losses = my_experiment()\nassert losses[-1] < 0.1",
    "own test": "assert 1 == 2, 'still wrong'",
    "own check": "import pytest\npytest.approx(1)\nimport unittest",
    "not written": "raise NotImplementedError",
    "other stub": "def other(): raise NotImplementedError\nother()",
    "future": "from __future__ import annotations",
    "await": "import asyncio\nasyncio.run(asyncio.sleep(0))",
    "escape in a string": "path = '\\d'",
    "tabs": "if True:\n\tx = 1",
    "url": "import urllib.request\nurllib.request.urlopen('https://example.org')",
}  # fmt: skip
FIRST = {
    "time": "%%time",
    "capture": "%%capture out",
    "timeit": "%%timeit -n1 -r1",
    "own comment": "# %% my cell\n# -*- coding: latin-1 -*-",
}
LINE = {
    "hints": (
        BODY.split("\n")[0],
        "def loss(weights: List[Weights], X: tf.Tensor, Y: 'a b') -> Loss:",
    ),
}
WITHIN = {
    "Drive": "from google.colab import files\n    files.download('x')",
    "display": "display(X)",
    "clear": "from IPython.display import clear_output; clear_output()",
    "progress": "from tqdm.notebook import tqdm\n    for i in tqdm(range(2)): pass",
    "stderr": "import sys, warnings; warnings.warn('x'); print('x', file=sys.stderr)",
    "figure": "import matplotlib.pyplot as plt; plt.figure(); plt.show(); plt.close()",
    "file": "open('x.txt', 'w').write('x')",
    "guarded GPU": "import torch; torch.eye(2).to('cuda' if torch.cuda.is_available() else 'cpu')",
    "seed": "np.random.seed(0)",
    "line magic": "%timeit 1",
    "get_ipython": "get_ipython().run_line_magic('time', '1')",
    "hint": "total: Scalar = 0.0",
}
CASES = (
    {f"before: {k}": f"{MARK}\n{v}\n\n{BODY}" for k, v in BESIDE.items()}
    | {f"after: {k}": f"{MARK}\n{BODY}\n\n{v}\n" for k, v in BESIDE.items() if k != "future"}
    | {f"first: {k}": f"{v}\n{MARK}\n{BODY}" for k, v in FIRST.items()}
    | {f"line: {k}": SOLUTION.replace(old, new) for k, (old, new) in LINE.items()}
    | {f"within: {k}": SOLUTION.replace("\n    missing", f"\n    {v}\n    missing") for k, v in WITHIN.items()}
)  # fmt: skip
CLASS = {
    "warnings": ["warning", "warnings as errors", "logging", "stderr", "escape in a string"],
    "plot that fails": ["show", "plot of", "backend", "style", "file", "figure"],
}


def class_of(case: str) -> str:
    what = case.partition(": ")[2]
    found = [name for name, begins in CLASS.items() if what.startswith(tuple(begins))]
    return found[0] if found else "leftover lines"


WORK = task(ASSIGNMENT)
ONE = replace(WORK, checks=tuple(check for check in WORK.checks if check.answer == NAME))


def graded(notebook, work=ONE) -> Record:
    data = nbformat.writes(notebook).encode()
    text = json.dumps(released(work.assignment))
    return grade(Job(work, text, "ada", data, "", "key"))


def points(record: Record) -> list:
    return [(c.name, c.status, c.public) for c in record.checks if c.earned != c.points]


@pytest.fixture(autouse=True)
def shared_sandboxes(monkeypatch):
    monkeypatch.setattr(warm, "boxes", lambda task, sandboxed: boxes(task))


def case(name, *values, of):
    return pytest.param(
        *values, id=name, marks=pytest.mark.fault("Honest mistakes", "merit", of=of)
    )


@pytest.mark.parametrize("text", [case(k, text, of=class_of(k)) for k, text in CASES.items()])
def test_it_costs_nothing(text):
    assert text != SOLUTION
    record = graded(handed_in(ASSIGNMENT, **{NAME: text}))
    assert points(record) == []
    assert record.review == ()


KINDS = [
    ("linear_networks", "best_map_of_rank", "given.tolist()"),
    ("linear_networks", "gradients", "tuple(g.tolist() for g in given)"),
    ("linear_networks", "loss", "np.array(given)"),
    ("gradient_flow", "flow_end", "given.tolist()"),
    ("gradient_flow", "largest_stable_rate", "given.astype(np.float32)"),
    ("exact_solutions", "escape_time", "np.array(given)"),
    ("exact_solutions", "best_stopping_step", "np.int64(given)"),
]


NEAR = "given * (1 + 1e-10)"
"""Another machine, order of sums or library; float64 has 16 digits."""
CLOSE = [
    ("linear_networks", "best_map_of_rank", NEAR),
    ("linear_networks", "loss", NEAR),
    ("gradient_flow", "flow_end", NEAR),
    ("exact_solutions", "escape_time", NEAR),
]
VALUES = [
    *(case(" ".join(c), *c, of="another type or shape, where it is open") for c in KINDS),
    *(case(" ".join(c), *c, of="results near a tolerance") for c in CLOSE),
]


@pytest.mark.parametrize(("assignment", "name", "kind"), VALUES)
def test_another_kind_of_value_costs_nothing(assignment, name, kind):
    work = task(assignment)
    work = replace(work, checks=tuple(check for check in work.checks if check.answer == name))
    again = f"\n\n_first = {name}\ndef {name}(*a, **k):\n    given = _first(*a, **k)\n    return {kind}\n"
    text = code_answers(assignment)[name] + again
    assert points(graded(handed_in(assignment, **{name: text}), work)) == []


@pytest.mark.fault("Honest mistakes", "merit", of="widget metadata")
def test_metadata_of_widgets_costs_nothing():
    notebook = handed_in(ASSIGNMENT)
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"x": {}}}
    notebook.metadata["colab"] = {"provenance": [], "gpuType": "T4"}
    assert points(graded(notebook)) == []
