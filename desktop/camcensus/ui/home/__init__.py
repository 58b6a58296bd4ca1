"""Home: how many, what needs checking, what is listed, and the one thing to do next.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
