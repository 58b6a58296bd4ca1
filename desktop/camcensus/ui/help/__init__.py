"""The help: pages of plain Markdown that come with the program, their contents, a search in them, and what F1 opens where.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
