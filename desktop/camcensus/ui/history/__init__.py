"""History: what happened, what each moment changed, and taking edits back.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
