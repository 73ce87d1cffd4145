"""nbgrader's settings for this course; every nbgrader command run in this folder reads them."""

import os

c = get_config()  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# The text sources hold all answers: nbgrader copies every other file of a folder into the release.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.md", "*.partial"]

# nbgrader takes any output on stderr in a test cell for a failure. A warning is none, and the
# kernels that nbgrader starts inherit this.
os.environ["PYTHONWARNINGS"] = "ignore"
