"""Replacement plan: a column for each financial year, and the batch that is chosen beside them.

A page: it may import the kit, the shared folders of `ui`, `tasks` and rooms below, never another page.
"""
