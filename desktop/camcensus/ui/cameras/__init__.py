"""Cameras and recorders: the register as a table, its files, and rounds on foot.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
