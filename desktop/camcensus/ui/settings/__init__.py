"""Settings: how the window looks and searches, what it knows, its back-ups, and what IT allows.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
