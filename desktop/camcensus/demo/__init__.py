"""The one simulator: devices served over real loopback sockets. What they say is data: a TOML file of literal replies each.

May import pure rooms, never another shell; it writes literal bytes and never asks our codecs to encode.
"""
