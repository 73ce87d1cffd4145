"""nbgrader's settings for this course; every nbgrader command run in this folder reads them."""

import os

c = get_config()  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# nbgrader copies every other file of a folder into the release, and the text sources hold all
# answers; so do an editor's backups of them. Modules beside a submission are not for grading.
c.CourseDirectory.ignore = [
    *[".*", "#*", "*~", "*.bak", "*.orig", "*.partial"],
    *["*.md*", "*.py", "*.pyc", "__pycache__"],
]

# nbgrader takes any output on stderr in a test cell for a failure. A warning is none, and the
# kernels that nbgrader starts inherit this.
os.environ["PYTHONWARNINGS"] = "ignore"

# Submissions are graded in the course's sandbox, and feedback is the course's safe page, whether by
# nbgrader's commands or by the formgrader's buttons. So no student's code runs in a kernel here.
c.Autograde.exporter_class = "course_utils.instructor.nbgrader_steps.Graded"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = []
c.GenerateFeedback.exporter_class = "course_utils.instructor.nbgrader_steps.Feedback"

if os.environ.get("COURSE_DB_URL"):
    c.CourseDirectory.db_url = os.environ["COURSE_DB_URL"]
