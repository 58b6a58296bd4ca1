"""Bytes written one by one as numbers, whatever stands between them: only the numbers are read, each as one byte.

`numbered` reads lists whose separators it knows, and what stands around them; this reads any others: elements with long names,
indented arrays, each number with its index or its letter beside it. Only the numbers themselves are then blanked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from camcensus.wire.nested import Writing

LEAST = 8
"""So few numbers are no login."""
STEPS = 4
"""With each number up to three others may stand: its index, its place, or the zeros of UTF-16 and UTF-32."""

_NUMBER = re.compile(rb"(?<![0-9])[0-9]{1,9}(?![0-9])")
_PAIR = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{2}(?![0-9A-Fa-f])")
_LIKELY = re.compile(rb"[^\0-\x1f\x7f]{8}|\x1f\x8b\x08|\x78[\x01\x9c\xda]")
"""Text, or what begins as gzip and zlib do."""
_BITS = re.compile(rb"(?<![0-9])[01]{8}(?![0-9])")
_WORD = re.compile(rb"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}){2,8}(?![0-9A-Fa-f])")

_ORDERS: tuple[Literal["big", "little"], ...] = ("big", "little")

_Token = tuple[int, int, bytes]
"""Where a number begins and ends, and what it is; a zero for what is no byte, so that the others keep their places."""


def tokens(one: Writing) -> Iterator[Writing]:
    """The numbers of a writing alone: decimals, octal numbers, hexadecimal pairs (each, and every 2nd to 4th), bits, words."""
    found = [(*match.span(), match[0]) for match in _NUMBER.finditer(one.data)]
    if len(found) >= LEAST:
        yield from _steps(one, [(start, end, _byte(int(text))) for start, end, text in found])
        yield from _steps(one, [(start, end, _octal(text)) for start, end, text in found])
        yield from (_of(one, [(start, end, _wide(int(text), order)) for start, end, text in found]) for order in _ORDERS)
    pairs = [(*match.span(), bytes.fromhex(match[0].decode())) for match in _PAIR.finditer(one.data)]
    if len(pairs) >= LEAST:
        yield from _steps(one, pairs)
    bits = [(*match.span(), bytes([int(match[0], 2)])) for match in _BITS.finditer(one.data)]
    if len(bits) >= LEAST:
        yield _of(one, bits)
    words = [(*match.span(), bytes.fromhex(match[0].decode())) for match in _WORD.finditer(one.data)]
    if len(words) > 1:
        yield _of(one, words)
        yield _of(one, [(start, end, word[::-1]) for start, end, word in words])


def _byte(number: int) -> bytes:
    return bytes([number]) if number < 256 else b"\0"


def _wide(number: int, order: Literal["big", "little"]) -> bytes:
    """Two bytes as one number, or four."""
    return number.to_bytes(2 if number < 1 << 16 else 4, order) if 255 < number < 1 << 32 else b""


def _octal(text: bytes) -> bytes:
    return _byte(int(text, 8)) if len(text) <= 3 and not set(text) & set(b"89") else b"\0"


def _steps(one: Writing, found: Sequence[_Token]) -> Iterator[Writing]:
    for step in range(1, STEPS + 1):
        for first in range(step):
            some = found[first::step]
            if len(some) >= LEAST and _LIKELY.search(b"".join(value for _, _, value in some)):
                yield _of(one, some)


def _of(one: Writing, found: Sequence[_Token]) -> Writing:
    data, starts, ends = bytearray(), list[int](), list[int]()
    for start, end, value in found:
        data += value
        starts += [one.starts[start]] * len(value)
        ends += [one.ends[end - 1]] * len(value)
    return Writing(bytes(data), starts, ends)
