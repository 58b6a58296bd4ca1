"""vendors.db from its reviewed sources: built, checked, due again, held against published files (`run.py knowledge`).

No part of the program: it may import all of `camcensus`, which imports nothing of it.
"""
