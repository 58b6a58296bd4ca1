"""Sockets and clocks: asks a network what is on it, harms nothing, and hands out what was seen."""
