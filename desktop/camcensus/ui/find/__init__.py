"""Find cameras: who allows it, where to look, what answers, and what it came to.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
