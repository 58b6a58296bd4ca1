"""What a person sets for the whole inventory, from more than one page.

Shared by pages: it may import the kit, `tasks` and rooms below, never a page.
"""
