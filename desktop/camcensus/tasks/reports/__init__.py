"""Reports: what each is drawn from, and what each reader is given.

May import `tasks.register`, `tasks.rollup`, `report` and all below; never sharing or imports.
"""
