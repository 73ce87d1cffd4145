"""Gradient descent on the mean square error, for one model or many side by side.

descent   `train`: settings in, models trained, `History` out
ensemble  models stacked into one network, and its gradients
"""

from course_utils.training.descent import DivergedError, History, log_steps, predict, train

__all__ = ["DivergedError", "History", "log_steps", "predict", "train"]
