"""Sockets and clocks: asks a network what is on it, harms nothing, and hands out what was seen.

May import pure rooms, never another shell. `onvif.py` alone imports onvif-zeep.
"""
