"""The replacement plan: what each of its parts says.

May import `report`, `model` and pure rooms, no other shell.
"""
