"""Share and import: who gets a file, what stays out of it, and what it came to.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
