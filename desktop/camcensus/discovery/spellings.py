"""How a device may spell a text that it was sent: in each encoding, misread, without its accents, and in digests."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import unicodedata
from collections.abc import Iterator

from camcensus.discovery.own_words import LONG_CHARACTERS, LONGER_CHARACTERS, is_mixed, is_own, kind
from camcensus.wire.dressed import without_marks
from camcensus.wire.essence import essence
from camcensus.wire.text import ENCODINGS

_ENCODINGS = (*sorted(ENCODINGS), "cp437", "cp850", "mac_roman", "koi8-r", "utf-32-le", "utf-32-be")
"""Those that replies are read in, and others in which they are written."""
_ASCII_ENCODINGS = ("utf-7", "punycode")
_MISREAD = ("latin-1", "windows-1252")
_UMLAUT = "\u0308"


def encoded(text: str) -> set[bytes]:
    """In the encodings of replies; bytes beyond ASCII have no capital letters, so text has them here."""
    cases = {text} if text.isascii() else {text, text.lower(), text.upper(), text.title(), text.swapcase()}
    return {form for one in cases for form in spelled(one)}


def spelled(text: str) -> set[bytes]:
    """In the encodings of replies, and UTF-8 that was misread once or twice and written again."""
    found = {text.encode()}
    for encoding in (*_ENCODINGS, *(() if text.isascii() else _ASCII_ENCODINGS)):
        with contextlib.suppress(UnicodeEncodeError):
            found.add(text.encode(encoding))
    asked = text.encode("ascii", "replace")
    found |= {asked} if asked.count(b"?") * 3 <= len(asked) else set()
    for encoding in () if text.isascii() else _MISREAD:
        again = text
        for _ in range(2):
            again = again.encode().decode(encoding, "replace")
            found.add(again.encode())
    return found


def bare(text: str) -> set[str]:
    """Letters and digits alone: all, those of ASCII, and with umlauts as two letters."""
    umlauts = unicodedata.normalize("NFD", text).replace(_UMLAUT, "e")
    some = (text, text.encode("ascii", "ignore").decode(), umlauts, without_marks(text).encode("ascii", "ignore").decode())
    return {essence(one) for one in some}


def own_pieces(password: str) -> Iterator[bytes]:
    """Pieces that say enough by themselves: with letters, and two changes at least from letters to digits or signs or back.

    Of letters or digits alone any that no word of the protocols has.
    A device that cuts a password short, or sends it in two answers, sends these.
    """
    if is_own(password) and not is_mixed(password):
        text = essence(password)
        size = min(LONG_CHARACTERS if len(text) >= LONGER_CHARACTERS else LONGER_CHARACTERS, len(text) - 1)
        pieces = (text[at : at + size] for at in range(len(text) - size + 1))
        yield from (piece.encode() for piece in pieces if is_own(piece))
        return
    for encoding in ("utf-8", "latin-1") if is_own(password) else ():
        with contextlib.suppress(UnicodeEncodeError):
            data = password.encode(encoding)
            for at in range(len(data) - LONG_CHARACTERS + 1):
                piece = data[at : at + LONG_CHARACTERS].lower()
                kinds = [kind(one) for one in piece.decode("latin-1")]
                if "a" in kinds and sum(one != other for one, other in itertools.pairwise(kinds)) > 1:
                    yield piece


def hashed_forms(user: str, password: str) -> list[bytes]:
    """What devices take digests of; digests of digests, as in old web pages, and with letters of one size."""
    plain = [password, user + password, password + user, f"{user}::{password}", password.lower(), password.upper()]
    inner = hashlib.md5(password.encode(), usedforsecurity=False).hexdigest()
    twice = hashlib.sha1(password.encode(), usedforsecurity=False).digest()
    texts = (form for text in (*plain, inner, inner.upper()) for form in to_hash(text))
    return [*texts, password.encode("utf-16-le"), twice]


def to_hash(text: str) -> set[bytes]:
    """A text as a device that takes a digest of it may hold it: older ones in Latin-1."""
    found = {text.encode()}
    for encoding in _MISREAD:
        with contextlib.suppress(UnicodeEncodeError):
            found.add(text.encode(encoding))
    return found
