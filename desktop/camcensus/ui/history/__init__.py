"""History: what happened, what changed between two moments, and taking edits back.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
