"""One entry of the register: its details, and what a person says of it.

Shared by pages: it may import the kit, `tasks` and rooms below, never a page.
"""
