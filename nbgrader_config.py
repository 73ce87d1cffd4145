"""nbgrader's settings for this course; every nbgrader command run in this folder reads them."""

c = get_config()  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# The text sources hold all answers: nbgrader copies every other file of a folder into the release.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "*.md", "*.partial"]
