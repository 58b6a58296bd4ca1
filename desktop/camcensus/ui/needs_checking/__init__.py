"""Needs checking: one thing at a time, in plain questions."""
