"""Cameras and recorders: the register as a table, its files, and rounds on foot."""
