"""Widgets that know nothing of cameras: the look, and what pages are laid out with. Imports nothing else of the window."""
