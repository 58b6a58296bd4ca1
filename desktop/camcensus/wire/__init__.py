"""Codecs: bytes in, frozen fields out, `WireError` and nothing else. Pure: no I/O, no clock. May import `model`.

One module for each protocol; `read.py` says which codec reads which reply, `fields.py` what each field means. A codec names
its secret ranges, and they are blanked before anything is saved. Limits are constants with their reason.
"""
