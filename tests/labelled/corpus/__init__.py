"""Replies of ordinary devices that speak of cameras, and of real cameras, to count what each is called. README.md says how."""
