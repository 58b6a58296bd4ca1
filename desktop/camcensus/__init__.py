"""Camcensus: which cameras do we have, where, who really made them, and what is on record about those makers."""

__version__ = "0.1.0"
