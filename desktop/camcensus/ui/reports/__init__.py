"""Reports: which one and for whom, and the report itself beside it.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
