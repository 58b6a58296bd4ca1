"""Places: which cameras are where, on a plan of the floor or as a list.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
