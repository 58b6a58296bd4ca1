"""The text of a file that does not say how it is written, and a text in pieces.

While one call goes through a long text no other thread of the program runs, the window's neither: so it is done in pieces.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence

from camcensus.model.errors import IntakeError

GUESSED = "windows-1252"
"""How a text is read that says nothing of its encoding: what most Windows programs here write."""
HEAVY_BYTES = 40 << 20
_RARE = re.compile("[\U00010000-\U0010ffff]")
PIECE = 1 << 18
"""Characters or bytes: some milliseconds of work."""


def pieces[T: (str, bytes)](text: T) -> Iterator[T]:
    """A text in order, PIECE characters at a time; one empty piece of an empty one."""
    return (text[start : start + PIECE] for start in range(0, max(len(text), 1), PIECE))


def text_of(data: bytes) -> str:
    """The text of any bytes: see `decoded`."""
    return decoded(data)[0]


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of any bytes: by its mark, as UTF-8, as UTF-16 where every second byte is zero, else as Windows-1252.

    The second is False for the last: nothing in the file says that it is.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return text_as(data[len(mark) :], encoding, "replace"), True
    head = data[:2000]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(head) >= 8
            and head[start::2].count(0) * 2 > len(head[start::2])
            and head[1 - start :: 2].count(0) * 8 < len(head)
        ):
            return text_as(data, encoding, "replace"), True
    try:
        return text_as(data, "utf-8"), True
    except UnicodeDecodeError:
        return text_as(data, GUESSED, "replace"), False


def text_as(data: bytes, encoding: str, errors: str = "strict") -> str:
    """The text of bytes by an encoding, without zero characters. Raises UnicodeError and LookupError as `bytes.decode` does."""
    b"0".decode(encoding, "replace")  # which knows what is no encoding of texts
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    parts = [decoder.decode(piece).replace("\x00", "") for piece in pieces(data)]
    _refuse_heavy(parts)
    return "".join([*parts, decoder.decode(b"", True)])


def _refuse_heavy(parts: Sequence[str]) -> None:
    """Raises IntakeError for a long text with a letter beyond the first 65,536: one makes each letter take four bytes."""
    if sum(map(len, parts)) * 4 > HEAVY_BYTES and any(not part.isascii() and _RARE.search(part) for part in parts):
        raise IntakeError(
            f"The list has rare signs and more than {HEAVY_BYTES >> 22} million letters; take those signs out of it."
        )
