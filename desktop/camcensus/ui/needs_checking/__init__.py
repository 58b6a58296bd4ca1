"""Needs checking: one thing at a time, in plain questions.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
