"""Pages that go out: each is safe to open, offline, and holds nothing of a hidden test.

feedback           a page for a student; `feedback_sections` are its parts
student_work       what the student wrote, and what a person wrote about it
report             a page on the class; `report_figures` are its pictures
item_analysis      how hard a question is, and whether it tells students apart
safe_html          templates, and the policy that lets a page load nothing
safe_markdown      a student's text as HTML that does nothing
"""
