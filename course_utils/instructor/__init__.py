"""For staff: generating notebooks, building and serving the site. Needs the extra `[instructor]`.

markup     a solution's text -> cells with roles, or an error that names file, cell and line
notebooks  cells with roles -> solution notebook and student version, by nbgrader's passes
book       building and serving the site
cli        the command `course`
"""
