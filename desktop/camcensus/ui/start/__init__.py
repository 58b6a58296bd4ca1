"""First run: who you are, in one short form.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
