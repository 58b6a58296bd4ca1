"""A report on the screen: drawn, looked at, saved and printed.

Shared by pages: it may import the kit, `tasks` and rooms below, never a page.
"""
