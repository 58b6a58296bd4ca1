"""Servers that others wrote, each at an address of its own in a network made for them."""
