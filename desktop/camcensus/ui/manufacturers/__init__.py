"""Manufacturers: who makes what, and what is on record about them, by whom and when."""
