"""Manufacturers: who makes what, and what is on record about them, by whom and when.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
