"""Records -> nbgrader's gradebook -> marks for platforms.

writer          brings records in, in batches; or says what would move
released_cells  what the release asks for, and its rows
marks           what a record makes of the marks that are there; marks by hand survive
rows            many marks to and from the database at once
lateness        who was late, and nbgrader's penalty for it
changes         what has moved, in one line a student
autograded      the notebook that the formgrader shows
database        opens it; `database_url` says which, and what is wrong in one line
class_marks     the marks of a class, with those given by hand
by_hand         what a person gave and wrote
export          files for Moodle, Canvas and spreadsheets
"""

from course_utils.instructor.gradebook.database_url import GradebookError
from course_utils.instructor.gradebook.writer import dry_run, write

__all__ = ["GradebookError", "dry_run", "write"]
