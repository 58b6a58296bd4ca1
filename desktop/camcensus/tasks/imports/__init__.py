"""Lists that people bring: looked at first, and kept when confirmed.

May import all of `tasks` but sharing, sources and demo.
"""
