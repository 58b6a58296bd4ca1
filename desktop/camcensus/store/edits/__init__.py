"""What a person can change of an inventory: one function for each edit (`store/pen.py` says what that is).

May import `store` and pure rooms, no other shell.

Edits that need what we know of makers, or read text that people type, are in `tasks/register` beside what they read.
"""
