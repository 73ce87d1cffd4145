"""No class is made but those of the course, and nothing runs."""

import os
import subprocess

import numpy as np
import pytest

from course_utils.instructor.inside import codec
from course_utils.instructor.inside.codec import CodecError
from tests.instructor.inside import wire
from tests.instructor.inside.wire import packed

FOREIGN = [
    "os.system",
    "subprocess.Popen",
    "builtins.eval",
    "builtins.object",
    "torch.nn.modules.linear.Linear",
    "torch.nn.modules.container.ModuleDict",
    "torch.nn.Module",
    "course_utils.checks.Check",
    "landscape.x",
    "course_utils.models.fully_connected.nn",
    "course_utils.models.fully_connected.nn.Module",
    "course_utils.models.fully_connected.Tensor",
    "course_utils.models.fully_connected.pairwise",
    "course_utils.models.fully_connected.FullyConnected.forward",
    "course_utils.models.scaled.FullyConnected",
    "course_utils.models.particles.math",
    "course_utils.data.regression.Callable",
    "course_utils.data.regression.ToyRegression.risk",
    "course_utils.data.regression.TARGETS",
    "course_utils.data.images.Path",
    "course_utils.data.nowhere.A",
    "course_utils.data..regression.ToyRegression",
    "course_utils.data.",
    "course_utils.models",
    "course_utils.data.regression.__class__",
    "course_utils.data.landscapes.Landscape",
    "course_utils.instructor.inside.checks.AnswersLost",
    "course_utils.models.ShallowMLP",
    "course_utils.data.ToyRegression",
]


@pytest.mark.parametrize("tag", "om")
@pytest.mark.parametrize("name", FOREIGN)
def test_no_class_is_made_but_those_of_the_course(name, tag, monkeypatch):
    def run(*_, **__):
        raise wire.Ran(name)

    for place, function in [(os, "system"), (subprocess, "Popen")]:
        monkeypatch.setattr(place, function, run)
    nothing = ["d", []]
    parts = [nothing] if tag == "o" else [nothing, ["l", []], nothing]
    for message in (packed([tag, name, *parts]), packed([tag, name, ["t", [["s", 1]]]], b"x")):
        with pytest.raises(CodecError):
            wire.link().decoder.message(message)


def test_numpy_tables_hold_numbers_alone():
    assert {np.dtype(name).kind for name in codec.NUMPY} == set("biufc")
    assert not any(dtype.hasobject for dtype in codec.NUMPY.values())
