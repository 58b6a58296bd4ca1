"""The one writer of PDF: blocks laid onto pages, drawn and tagged.

May import `report`, `model` and pure rooms, no other shell.
"""
