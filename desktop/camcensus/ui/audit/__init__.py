"""Audit roll-up: who sent a file and who did not, and how many cameras a listed maker made."""
