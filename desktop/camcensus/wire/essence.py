"""What is left of a text where all that may stand between its letters is gone: letters and digits alone, small and plain.

Of a reply and of a password alike, so that no space, sign, mark or accent, of any script, hides one in the other.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import compress

from camcensus.wire.nested import Writing
from camcensus.wire.text import encoding_of
from camcensus.wire.xml import declared_encoding

_BEYOND_ASCII = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\xa0\xad]")
"""A letter of UTF-8; and, where it is none, the space and the hyphen of Latin-1."""
_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Letters by name of which nothing shows."""
_SMALL = bytes(range(256)).lower()
_KEPT = bytes(one > 127 or chr(one).isalnum() for one in range(256))
_DROPPED = bytes(one for one in range(256) if not _KEPT[one])


def essence(text: str) -> str:
    """Its letters and digits, small, without accents, circles and widths."""
    return "".join(map(_plain, text))


@lru_cache(1 << 14)
def _plain(letter: str) -> str:
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(one for one in parts if one.isalnum() and one not in _FILLERS)


def essence_of(one: Writing) -> Writing:
    """The essence of a writing in UTF-8; bytes that are none stay as they are."""
    data, starts, ends = one
    if not data.isascii():
        data, starts, ends = _plain_letters(one)
    kept = data.translate(_KEPT)
    small = data.translate(_SMALL, _DROPPED)
    return Writing(small, list(compress(starts, kept)), list(compress(ends, kept)))


def _plain_letters(one: Writing) -> Writing:
    """The writing with each letter beyond ASCII as its essence is."""
    data, starts, ends, at = bytearray(), list[int](), list[int](), 0
    for found in _BEYOND_ASCII.finditer(one.data):
        first, end = found.span()
        got = _of_letter(found[0])
        data += one.data[at:first] + got
        starts += [*one.starts[at:first], *[one.starts[first]] * len(got)]
        ends += [*one.ends[at:first], *[one.ends[end - 1]] * len(got)]
        at = end
    return Writing(bytes(data) + one.data[at:], [*starts, *one.starts[at:]], [*ends, *one.ends[at:]])


@lru_cache(1 << 14)
def _of_letter(letter: bytes) -> bytes:
    try:
        return essence(letter.decode("utf-8")).encode()
    except UnicodeDecodeError:
        return letter if len(letter) > 1 else b""


def as_read(one: Writing) -> Writing | None:
    """The writing in UTF-8, as a codec decodes it; None where it is that already, or where a letter's place is not known."""
    if one.data.isascii():
        return None
    encoding, mark = encoding_of(one.data, declared_encoding(one.data))
    if encoding == "utf-8" and not mark:
        return None
    data, starts, ends, at = bytearray(), list[int](), list[int](), mark
    for letter in one.data[mark:].decode(encoding, "replace"):
        was, now = _sizes(letter, encoding)
        first, last = one.starts[at : at + 1], one.ends[at + was - 1 : at + was]
        data += now
        starts += [*first] * len(now)
        ends += [*last] * len(now)
        at += was
    return Writing(bytes(data), starts, ends) if at == len(one.data) and len(starts) == len(ends) == len(data) else None


@lru_cache(1 << 14)
def _sizes(letter: str, encoding: str) -> tuple[int, bytes]:
    return len(letter.encode(encoding, "replace")), letter.encode("utf-8", "replace")
