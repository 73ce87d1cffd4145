"""For staff: notebooks, the site, and grading a class. Needs the extra `[instructor]`.

markup     a solution's text -> cells with roles, or an error that names file, cell and line
notebooks  cells with roles -> solution notebook and student version, by nbgrader's passes
book       building and serving the site

intake     folders and archives -> submissions
rebuild    a submission's answers, put back into the released notebook
task       an assignment as the grader needs it
submissions  what there is to grade: nbgrader's folders -> jobs, plain data for any machine
sandbox    where student code runs; `view` is what it sees, `inside` what runs there
verdict    answers and checks in two sandboxes -> results
calibration  limits that fit a machine; `warm` keeps its sandboxes from one submission to the next
grading    a submission -> a record; many -> records
executors  processes of this machine, or the workers of a Dask cluster
alone      one process at a time, by a lock file
record     what grading a submission leaves behind
gradebook  records -> nbgrader's gradebook -> marks for platforms
pages      records, answers and marks -> feedback for each student, a report on the class
classroom  what the commands do with a class
demo       a sample class
nbgrader_steps  the same steps for nbgrader's commands and the formgrader's buttons
cli        the command `course`
"""
