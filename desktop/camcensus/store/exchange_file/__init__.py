"""The file that is made for auditors: its tables and what they mean, written, checked and read.

May import `store` and pure rooms, no other shell.
"""
