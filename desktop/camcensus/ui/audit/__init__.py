"""Audit roll-up: who sent a file and who did not, and how many cameras a listed maker made.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
