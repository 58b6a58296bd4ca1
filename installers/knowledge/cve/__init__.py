"""CVE records: read, scored, and turned into drafts that a person finishes.

May import pure rooms, no other shell.
"""
