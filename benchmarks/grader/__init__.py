"""What grading a class costs: `python -m benchmarks.grader [PART ...]`.

sample     a course with a class: copies of the solution, as students hand them in
rate       submissions a minute, against nbgrader with its own defaults
overhead   CPU of a submission beside what the student's code computes
memory     of the main process, for classes of two sizes; `instead` grades there
gradebook  records into SQLite and PostgreSQL
checks     CPU of the checks of each exercise
"""
