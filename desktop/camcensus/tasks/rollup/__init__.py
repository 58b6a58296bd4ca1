"""Roll-ups, for auditors: files of many organisations imported, added up, re-checked and written out.

May import `tasks.register` and all below it; never reports or sharing.
"""
