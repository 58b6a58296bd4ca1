"""Finding cameras: a search, devices read with a login, what was seen, and judging it. Knows no register.

May import `tasks.knowledge`, shells and pure rooms; never the register.
"""
