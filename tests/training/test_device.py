"""The device is a GPU where there is one, and the student is told which."""

import torch

from course_utils.training.device import choose_device


def test_without_a_gpu_it_is_the_cpu(monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert choose_device() == torch.device("cpu")
    assert capsys.readouterr().out == "computing on the CPU\n"


def test_a_gpu_is_taken_and_named(monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda: "Some GPU")
    assert choose_device() == torch.device("cuda")
    assert capsys.readouterr().out == "computing on Some GPU\n"
