"""A secret in base64, base32 and base85, wherever it is in what was encoded."""

from __future__ import annotations

import base64
from collections.abc import Iterator


def in_base64(secret: bytes) -> Iterator[bytes]:
    """What of a secret's base64 is the same wherever it is in what was encoded, in both alphabets."""
    for before in range(3):
        text = base64.b64encode(b"\0" * before + secret)
        whole = text[(0, 2, 3)[before] : (before + len(secret)) * 8 // 6]
        yield whole
        if b"+" in whole or b"/" in whole:
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))


_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_OTHER_BASE32 = (b"0123456789ABCDEFGHIJKLMNOPQRSTUV", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
"""Source: RFC 4648, section 7; Crockford's base32."""


def in_base32(secret: bytes) -> Iterator[bytes]:
    """What of a secret's base32 is the same wherever it is in what was encoded, in each alphabet."""
    for before in range(5):
        text = base64.b32encode(b"\0" * before + secret)
        whole = text[-(-before * 8 // 5) : (before + len(secret)) * 8 // 5]
        yield from (whole, *(whole.translate(bytes.maketrans(_BASE32, digits)) for digits in _OTHER_BASE32))


_BASE85 = (
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~",
    bytes(range(33, 118)),
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#",
)
"""The digits of base85, of Adobe's ASCII85 and of Z85. Source: RFC 1924, 4.2; PostScript Language Reference; ZeroMQ RFC 32."""
_GROUP_BYTES, _GROUP_DIGITS = 4, 5


def in_base85(secret: bytes) -> Iterator[bytes]:
    """A secret in base85, ASCII85 and Z85, and what of it is the same wherever it is in what was encoded: its whole groups."""
    texts = [base64.b85encode(secret)]
    for before in range(_GROUP_BYTES):
        whole = (before + len(secret)) // _GROUP_BYTES * _GROUP_BYTES
        text = base64.b85encode(b"\0" * before + secret[: whole - before])
        texts.append(text[_GROUP_DIGITS if before else 0 :])
    for digits in _BASE85:
        table = bytes.maketrans(_BASE85[0], digits)
        yield from (text.translate(table) for text in texts)
