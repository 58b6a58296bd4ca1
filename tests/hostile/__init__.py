"""Devices that break the rules, and what a search of them may send."""
