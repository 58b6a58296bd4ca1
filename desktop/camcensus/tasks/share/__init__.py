"""Files for others: what each audience is given, as an exchange file, a ZIP or a back-up.

May import all of `tasks` but imports, sources and demo.
"""
