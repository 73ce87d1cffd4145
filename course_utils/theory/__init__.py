"""Closed forms, NumPy and SciPy only, one phenomenon a file.

least_squares  gradient descent of a linear model, solved for every step at once
"""

from course_utils.theory.least_squares import LinearDescent, linear_descent

__all__ = ["LinearDescent", "linear_descent"]
