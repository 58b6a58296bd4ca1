"""The reviewed sources of vendors.db: built, checked, looked up, due again, and held against published files.

May import all of `tasks` but sharing, imports and demo.
"""
