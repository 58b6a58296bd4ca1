"""The certificate in the beginning of a TLS connection, as a server sends it in clear up to TLS 1.2.

Source: RFC 5246, 6.2.1 (records), 7.4 (handshake), 7.4.2 (certificates). In TLS 1.3 it is encrypted, and there is none.
"""

from __future__ import annotations

_HANDSHAKE = 22
_CERTIFICATE = 11
_RECORD_LIMIT_BYTES = 18_432
HANDSHAKE_LIMIT_BYTES = 64 * 1024


def certificate_in(data: bytes) -> bytes | None:
    """The leaf certificate (DER) in the first bytes of what a server sent; None where there is none or it breaks off."""
    handshake, at = bytearray(), 0
    while at + 5 <= len(data) and data[at] == _HANDSHAKE and len(handshake) < HANDSHAKE_LIMIT_BYTES:
        length = data[at + 3] << 8 | data[at + 4]
        if data[at + 1] != 3 or not 0 < length <= _RECORD_LIMIT_BYTES:
            break
        handshake += data[at + 5 : at + 5 + length]
        at += 5 + length
    at = 0
    while at + 4 <= len(handshake):
        kind, length = handshake[at], int.from_bytes(handshake[at + 1 : at + 4], "big")
        if kind == _CERTIFICATE:
            leaf = int.from_bytes(handshake[at + 7 : at + 10], "big")
            found = bytes(handshake[at + 10 : at + 10 + leaf])
            return found if 0 < leaf <= length - 6 and len(found) == leaf else None
        at += 4 + length
    return None
