"""History: what happened, what changed since one, and taking edits back.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
