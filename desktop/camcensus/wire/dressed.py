"""Letters in another dress: accents, circles, code points, decimals joined by dots, one by one in quotes, or each twice.

Each is a pattern, and what a reader makes of what it finds. `echoes` reads a reply with each of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from camcensus.wire.nested import Writing

_BEYOND_ASCII = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_MOVED = {range(0xE0020, 0xE007F): 0xE0000, range(0xF020, 0xF07F): 0xF000}
"""ASCII once more: letters that are never shown, and those of fonts of symbols. Source: Unicode, "Tags", "Private Use"."""
_DOTTED = re.compile(rb"(?<![0-9A-Za-z])(?:[0-9]{1,3}[., \t]{1,2}){6,}[0-9]{1,3}(?![0-9A-Za-z])")
_JOINED = re.compile(rb"(?<![0-9A-Za-z])[0-9]{24,}(?![0-9A-Za-z])")
_TWICE = re.compile(rb"(?:([\x20-\x7e])\1|([\xc2-\xdf][\x80-\xbf])\2){8,}")
_POINTS = re.compile(rb"[Uu]\+(?:[0-9A-Fa-f]{2})?00([0-9A-Fa-f]{2})(?:[\s,](?=[Uu]\+))?|\\0000([0-9A-Fa-f]{2})\s?")
"""As Unicode's own lists name a letter, and as style sheets escape it. Source: CSS Syntax Level 3, 4.3.7."""
_ALONE = re.compile(rb"(?:[\s<]([\w:.-]{1,40})=)?[\"'>]([^\s\"'<>])(?=[\"'<](?!\s?:))")
_LAST = re.compile(rb"(?<![0-9A-Za-z])(\S)[ \t]{0,4}(?:\r?\n|$)")
"""At the end of each line: a letter after its number, or after its bits."""
ALONE_LEAST = 8


def _bare(found: re.Match[bytes]) -> bytes | None:
    """A letter without its accent, circle or width, and nothing of a mark; None of what is no letter of ours."""
    try:
        letter = found[0].decode("utf-8")
    except UnicodeDecodeError:
        return None
    moved = next((first for some, first in _MOVED.items() if ord(letter) in some), 0)
    plain = chr(ord(letter) - moved) if moved else without_marks(letter)
    return plain.encode("ascii") if plain.isascii() else None


def without_marks(text: str) -> str:
    """A text without accents, circles, widths and signs that do not show."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if unicodedata.category(one) not in ("Mn", "Me", "Cf"))


def _numbers(numbers: Iterable[bytes]) -> bytes:
    """A byte each; zero for what is none, so that a number before or after a word hides nothing of it."""
    return bytes(number if (number := int(one)) < 256 else 0 for one in numbers)


def _of_dotted(found: re.Match[bytes]) -> bytes:
    return _numbers(re.findall(rb"[0-9]+", found[0]))


def _of_joined(first: int) -> Callable[[re.Match[bytes]], bytes]:
    """Three figures each, from one of the first three on."""
    return lambda found: _numbers(found[0][at : at + 3] for at in range(first, len(found[0]), 3))


def _once(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"([\x20-\x7e]|[\xc2-\xdf][\x80-\xbf])\1", rb"\1", found[0])


def _of_point(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1] or found[2], 16)])


DRESSES: tuple[tuple[re.Pattern[bytes], Callable[[re.Match[bytes]], bytes | None]], ...] = (
    (_BEYOND_ASCII, _bare),
    (_DOTTED, _of_dotted),
    *((_JOINED, _of_joined(first)) for first in range(3)),
    (_TWICE, _once),
    (_POINTS, _of_point),
)


def letters_alone(one: Writing) -> Iterator[Writing]:
    """The letters that stand each in its own quotes or element, in their order; those of each attribute by themselves.

    And those that stand alone at the end of each line.
    """
    places = defaultdict[bytes, list[int]](list)
    for found in _ALONE.finditer(one.data):
        places[found[1] or b""].append(found.start(2))
    for some in places.values():
        if len(some) >= ALONE_LEAST:
            yield _of_places(one, some)
    last = [found.start(1) for found in _LAST.finditer(one.data)]
    if len(last) >= ALONE_LEAST:
        yield _of_places(one, last)


def _of_places(one: Writing, places: Sequence[int]) -> Writing:
    return Writing(bytes(one.data[at] for at in places), [one.starts[at] for at in places], [one.ends[at] for at in places])


def xor_steps(data: bytes) -> bytes:
    """Each byte XOR the next one. It is the same whatever one byte all of them were XORed with."""
    if len(data) < 2:
        return b""
    number = int.from_bytes(data)
    return (number ^ (number >> 8)).to_bytes(len(data))[1:]
