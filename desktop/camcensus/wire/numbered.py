"""Bytes written one by one as numbers: calls and lists of decimals, numbered entries, words of a dump, octal, "4Bh".

Each is what a reply must hold before it is read so, a pattern, and what a reader makes of what that finds. `echoes` reads a
reply with each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_Change = Callable[[re.Match[bytes]], bytes | None]

_MANY_DECIMALS = re.compile(rb"(?:(?<![0-9])[0-9]{2,3}[^0-9]{1,12}){7}[0-9]{2,3}(?![0-9])")
_DECIMAL = re.compile(rb"(?<![0-9])([0-9]{2,3})(?![0-9])(?:[^0-9]{1,12}(?=[0-9]{2,3}(?![0-9])))?")
_MANY_NUMBERED = re.compile(rb"(?:(?<![0-9])[0-9]{1,4}[\"'\])]{0,2}\s{0,3}(?:=>|[:=])\s{0,3}[\"']?[0-9]{2,3}[^0-9]{1,12}){7}")
_NUMBERED = re.compile(
    rb"[\"'\[({]{0,2}(?<![0-9])[0-9]{1,4}[\"'\])]{0,2}\s{0,3}(?:=>|[:=])\s{0,3}[\"']?([0-9]{2,3})(?![0-9])"
    rb"(?:[\"']?[\s,;]{1,9}(?=[\"'\[({]{0,2}[0-9]))?"
)
"""As JSON.stringify writes a Uint8Array, and print_r an array."""
_MANY_WORDS = re.compile(rb"(?:(?<![0-9A-Za-z])(?:0x)?(?:[0-9a-fA-F]{4}|[0-9a-fA-F]{8}|[0-9a-fA-F]{16})[\s,;-]{1,4}){2}")
_WORD = re.compile(
    rb"(?m)^[ \t]{0,8}(?:[0-9a-fA-F]{7}|[0-9a-fA-F]{4,16}:)[ \t]{1,4}"
    rb"|(?<![0-9A-Za-z])(?:0x)?([0-9a-fA-F]{16}|[0-9a-fA-F]{8}|[0-9a-fA-F]{4})(?![0-9A-Za-z])"
    rb"(?:[\s,;-]{1,4}(?=[0-9a-fA-F]))?"
)
"""Where a line of a dump begins, or one of its words: hexdump and od write two bytes as one number, the second byte first."""
_MANY_OCTAL = re.compile(rb"(?:(?<![0-9A-Za-z])(?:0o)?[0-7]{2,3}[\s,;:/-]{1,4}){7}")
_OCTAL = re.compile(rb"(?<![0-9A-Za-z])(?:0o)?([0-3][0-7]{2}|[0-7]{2})(?![0-9A-Za-z])(?:[\s,;:/-]{1,4}(?=[0-7]))?")
_MANY_MARKED = re.compile(rb"(?:(?<![0-9A-Za-z])[0-9a-fA-F]{2}[hH][\s,]{1,3}){7}")
_MARKED = re.compile(rb"(?<![0-9A-Za-z])([0-9a-fA-F]{2})[hH](?![0-9A-Za-z])(?:[\s,]{1,3}(?=[0-9a-fA-F]{2}[hH]))?")


def _of(base: int) -> _Change:
    def change(found: re.Match[bytes]) -> bytes | None:
        number = int(found[1], base)
        return bytes([number]) if number < 256 else None

    return change


def _of_word(found: re.Match[bytes]) -> bytes:
    return bytes.fromhex((found[1] or b"").decode("ascii"))


def _of_word_turned(found: re.Match[bytes]) -> bytes:
    return _of_word(found)[::-1]


LISTS: tuple[tuple[re.Pattern[bytes], re.Pattern[bytes], _Change], ...] = (
    (_MANY_DECIMALS, _DECIMAL, _of(10)),
    (_MANY_NUMBERED, _NUMBERED, _of(10)),
    (_MANY_WORDS, _WORD, _of_word),
    (_MANY_WORDS, _WORD, _of_word_turned),
    (_MANY_OCTAL, _OCTAL, _of(8)),
    (_MANY_MARKED, _MARKED, _of(16)),
)
