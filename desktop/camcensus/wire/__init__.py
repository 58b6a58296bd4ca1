"""Codecs: bytes in, frozen values out, one error type. No I/O, no clock."""
