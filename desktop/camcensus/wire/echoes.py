"""Blank what a device echoes of a login in its reply, in whatever writing; the reply keeps its length.

A device that sends a request back would put a password into what is given to others. Two finders look for it: that of `Given`
(`discovery/given.py`) knows what a login sent; `find_credentials` here finds logins that nobody knows any more, by their shape
alone: in old inventories, in captures, and in what a device says in a later search.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import html
import re
from collections.abc import Callable, Iterable, Iterator

from camcensus.wire.bases import in_base64
from camcensus.wire.dressed import DRESSES, letters_alone
from camcensus.wire.essence import as_read, essence_of
from camcensus.wire.nested import Writing, nested
from camcensus.wire.numbered import LISTS
from camcensus.wire.tokens import tokens

Find = Callable[[bytes], Iterable[tuple[int, int]]]
"""Gives the (start, end) of what is to be blanked in one writing of a reply."""

ROUNDS = 8
"""How often a text is unescaped: "%2526amp;" was escaped three times."""


def blank(raw: bytes, find: Find, *, split: bool = False) -> bytes:
    """The reply with "*" for each byte of what `find` finds in any of its writings. Doing it twice changes nothing more.

    `split` looks for it also where space or markup is in the middle of it.
    """
    hidden: bytearray | None = None
    found = dict[bytes, list[tuple[int, int]]]()
    """By what was read: packed data may be in a reply many times."""
    for one in writings(raw, split=split):
        if one.data not in found:
            found[one.data] = _joined(find(one.data))
        for start, end in found[one.data]:
            hidden = bytearray(raw) if hidden is None else hidden
            for left, right in set(zip(one.starts[start:end], one.ends[start:end], strict=True)):
                hidden[left:right] = b"*" * (right - left)
    return raw if hidden is None else bytes(hidden)


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same places, each once."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(set(spans)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def writings(raw: bytes, *, split: bool) -> Iterator[Writing]:
    """The reply as it is, and without the zeros of UTF-16; each also unescaped.

    For `split` also as its codec decodes it, what is packed or encoded in it, and without what may part it: space, markup and
    signs that do not show, quoted-printable, what is between hexadecimal or decimal bytes, bits, all but letters and digits
    (`essence`), the dress of letters (`dressed`), bytes as numbers (`numbered`, `tokens`); and with each letter 13 further on.
    """
    plain = Writing(raw, range(len(raw)), range(1, len(raw) + 1))
    decoded = as_read(plain) if split else None
    if decoded is not None:
        yield from alone(decoded)
    for outer in (plain, *(nested(plain) if split else ())):
        narrow = _changed(outer, _ZEROS, lambda _: b"") if b"\0" in outer.data else None
        for first in (outer, narrow):
            if first is not None:
                yield from _read(first, split)


def alone(first: Writing) -> Iterator[Writing]:
    """A writing unescaped, without markup, and of each its essence."""
    *_, one = (first, *_unescapings(first))
    bare = _changed(one, _BETWEEN, _nothing) or one
    yield from (bare, *map(essence_of, (one, bare) if bare is not one else (one,)))


def _unescapings(one: Writing) -> Iterator[Writing]:
    for _ in range(ROUNDS):
        more = _changed(one, _ESCAPE, _unescaped)
        if more is None:
            return
        yield more
        one = more


def _read(first: Writing, split: bool) -> Iterator[Writing]:
    yield first
    one = first
    for more in _unescapings(first):
        yield more
        one = more
    if split:
        yield Writing(one.data.translate(_ROT13), one.starts, one.ends)
        yield from letters_alone(one)
        yield from _deeper(tokens(one))
        yield from _deeper(alone(one) if one is first else (*alone(one), essence_of(first)))
    for pattern, change in _PARTS if split else ():
        parted = _changed(first, pattern, change)
        if parted is not None:
            yield from _deeper([parted])
    for must_hold, pattern, change in LISTS if split else ():
        parted = _changed(first, pattern, change) if must_hold.search(first.data) else None
        if parted is not None:
            yield parted


def _deeper(some: Iterable[Writing]) -> Iterator[Writing]:
    """Each, and what is packed in it: a dump of what was packed."""
    for one in some:
        yield one
        if _PACKED.search(one.data):
            yield from nested(one)


def unescape(text: bytes) -> bytes:
    """The text with one round of escapes taken off."""
    return _ESCAPE.sub(lambda found: found[0] if (got := _unescaped(found)) is None else got, text)


_PACKED = re.compile(rb"(?i)\x1f\x8b\x08|\x78[\x01\x9c\xda][^\x20-\x7e]|1f8b08|78(?:01|9c|da)[0-9a-f]{12}")
"""How gzip and zlib begin, also as hexadecimal digits."""
_ZEROS = re.compile(rb"\0+")
_BETWEEN = re.compile(
    rb"<!\[CDATA\[|\]\]>|<[!?/A-Za-z][^<>]{0,2000}>|(?:\r?\n[>|]+)|[\s\\]+|\xc2[\x85\xa0\xad]|\xe2\x80[\x80-\x8f\xa8-\xaf]"
    rb"|\xe2\x81[\x9f-\xaf]|\xe3\x80\x80|\xe3\x85\xa4|\xe2\xa0\x80|\xe1\x9a\x80|\xe1\xa0[\x8b-\x8f]|\xe1\x85[\x9f\xa0]|\xcd\x8f|\xd8\x9c"
    rb"|\xef\xbe\xa0|\xef\xb8[\x80-\x8f]|\xef\xbb\xbf|\xf3\xa0[\x80-\x87][\x80-\xbf]|(?<![\x80-\xff])\xa0|(?<=[\xe0-\xff])\xa0(?=[\x00-\x7f])"
    rb"|\x1b\[[0-9;]{0,20}[A-Za-z]"
)
"""Markup, spaces of every width, what does not show (source: Unicode, Default_Ignorable_Code_Point), colours of a terminal."""
_INSIDE = re.compile(
    rb"(?:<!--[\s\S]{0,200}?-->|<!\[CDATA\[|\]\]>|<[A-Za-z][\w:.-]{0,40}\s?/>|<([A-Za-z][\w:.-]{0,40})></\1>)+"
)
"""What a reader of XML takes out of the middle of a word, so that it is one word again."""
_STRUCK = re.compile(rb"[\x20-\x7e]\x08([\x20-\x7e])")
"""A letter that is written over another, as terminals make it bold."""
_LINED = re.compile(rb"(?:\r?\n|<br ?/?>)[ \t]{0,20}[^\s:|>)\]]{0,12}[ \t]{0,4}[:|>)\]][ \t]{0,4}")
"""Where a line ends and the next begins with its number or a sign."""
_QUOTED = re.compile(rb"=[0-9A-Fa-f]{2}|=[ \t]{0,4}\r?\n")
"""Source: RFC 2045, section 6.7."""
_BETWEEN_DIGITS = re.compile(
    rb"(?:(?<=[0-9a-fA-F]{2})[\s,;:.-]{1,4}|(?<![0-9a-zA-Z]))(?:0x|\\x)?(?=[0-9a-fA-F]{2}(?![0-9a-zA-Z]|$)|[0-9a-fA-F]{2}\b)"
)
_DUMP = re.compile(
    rb"(?m)^[ \t]{0,8}(?:0x)?[0-9a-fA-F]{4,16}[:h]?[ \t]{1,4}(?P<digits>(?:[0-9a-fA-F]{2,8}(?:[ \t-]{1,3}|$|(?=\r))){1,32})"
    rb"[^\r\n]{0,80}(?:\r?\n|$)"
)
"""A line of a dump: where, bytes, and mostly the same as text."""
_DECIMALS = re.compile(
    rb"(?<![0-9A-Za-z.])[0-9]{1,3}(?:[ \t]{0,2},[ \t\r\n]{0,4}|[ \t]{0,2}[;:|/ \t-][ \t\r\n]{0,4}(?=[0-9])"
    rb"|(?![0-9A-Za-z.,]))"
)
_BITS = re.compile(rb"(?<![0-9A-Za-z])(?:[01]{8}[ \t,;:-]{0,2}){6,}(?![0-9A-Za-z])")
_ESCAPE = re.compile(
    rb"%u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|&#[xX]0{0,40}[0-9a-fA-F]{1,6};?|&#0{0,40}[0-9]{1,7};?|&[A-Za-z][A-Za-z0-9]{1,31};?"
    rb"|\\u[0-9a-fA-F]{4}|\\u\{0{0,6}[0-9a-fA-F]{1,6}\}|\\U[0-9a-fA-F]{8}|_x00[0-9a-fA-F]{2}_|\\x[0-9a-fA-F]{2}|\\[0-7]{2,3}|\\[bfnrt/\"'\\&]"
)


def _unescaped(found: re.Match[bytes]) -> bytes | None:
    text = found[0]
    if text[:1] == b"&":
        said = html.unescape(text.decode("ascii"))
        return said.encode("utf-8", "replace") if said != text.decode("ascii") else None
    if text[:2] in (b"%u", b"\\u", b"\\U"):
        point = int(text[2:].strip(b"{}"), 16)
        return chr(point).encode("utf-8", "replace") if point <= 0x10FFFF else None
    if text[:1] == b"%":
        return bytes([int(text[1:], 16)])
    if text[:2] == b"_x":
        return bytes([int(text[4:6], 16)])
    if text[:2] == b"\\x":
        return bytes([int(text[2:], 16)])
    return bytes([int(text[1:], 8) & 0xFF]) if len(text) > 2 else b" " if text[1:].isalpha() else text[1:]


_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_ROT13 = bytes.maketrans(_LETTERS, codecs.encode(_LETTERS.decode("ascii"), "rot13").encode("ascii"))


def _nothing(_: re.Match[bytes]) -> bytes:
    return b""


def _of_dump(found: re.Match[bytes]) -> bytes:
    return re.sub(rb"[^0-9a-fA-F]", b"", found["digits"])


def _unquoted(found: re.Match[bytes]) -> bytes:
    digits = found[0][1:].strip()
    return bytes([int(digits, 16)]) if digits else b""


def _of_decimals(found: re.Match[bytes]) -> bytes | None:
    number = int(re.sub(rb"\D", b"", found[0]))
    return bytes([number]) if number < 256 else None


def _of_bits(found: re.Match[bytes]) -> bytes:
    digits = re.sub(rb"[^01]", b"", found[0])
    return bytes(int(digits[at : at + 8], 2) for at in range(0, len(digits), 8))


_PARTS = (
    (_LINED, _nothing),
    (_INSIDE, _nothing),
    (_STRUCK, lambda found: found[1]),
    (_QUOTED, _unquoted),
    (_BETWEEN_DIGITS, _nothing),
    (_DECIMALS, _of_decimals),
    (_BITS, _of_bits),
    (_DUMP, _of_dump),
    *DRESSES,
)


def _changed(one: Writing, pattern: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes | None]) -> Writing | None:
    """The writing with what `pattern` finds changed; None where that is nothing."""
    data, starts, ends, at = bytearray(), list[int](), list[int](), 0
    for found in pattern.finditer(one.data):
        got = change(found)
        if got is None:
            continue
        data += one.data[at : found.start()] + got
        starts += one.starts[at : found.start()]
        ends += one.ends[at : found.start()]
        starts += [one.starts[found.start()]] * len(got)
        ends += [one.ends[found.end() - 1]] * len(got)
        at = found.end()
    if at == 0:
        return None
    return Writing(bytes(data) + one.data[at:], [*starts, *one.starts[at:]], [*ends, *one.ends[at:]])


# What is blanked by its shape alone: where nobody knows the login any more.

_SECRET_NAMES = rb"pass(?:word|wd|code|phrase)?|passwordtext|passworddigest|pwd|psw|loginpass?|userpw|userpwd|loginpw"
_USER_NAMES = rb"user(?:_?name|id)?|usr|loginuse|login(?:_?name|_?user)?|account|uid"
_FIELD = re.compile(
    rb"(?i)(?:(?:\b|[_.:-])(?:" + _SECRET_NAMES + rb"|" + _USER_NAMES + rb"|auth|(?:proxy-)?authori[sz]ation|credentials?)"
    rb"[\"']?(?:\s{0,4}[:=]\s{0,4}[\"']?|(?:\s[^<>]{0,200})?>\s{0,40})|://(?:[^\s/@<>\"']{1,100}:)?)$"
)
_VALUE_ENDS = re.compile(rb"[\s<>\"'&;,@:/)]|$")
FIELD_BYTES = 300


def in_field(data: bytes, start: int, end: int) -> bool:
    """Whether this is the whole value of a field that is named after a login, in markup, a query, JSON, a header or a URL."""
    return bool(_VALUE_ENDS.match(data, end)) and bool(_FIELD.search(data[max(0, start - FIELD_BYTES) : start]))


_TRIGGER = re.compile(rb"(?i)authori[sz]ation|basic[\s+]|user|pass|pwd|psw|login|://[^\s/<>\"'@]{1,400}@")
_BASIC = re.compile(rb"(?i)\bbasic[\s+]+([A-Za-z0-9+/_=-]{4,1000})")
_NAMED = re.compile(
    rb"(?i)\b(?:proxy-)?authori[sz]ation\b[\"']?(?:\s{0,4}[:=]\s{0,4}[\"']?|[^<>\"'=]{0,40}>\s{0,40})"
    rb"(?!digest\b)(?:[a-z]{1,20}[\s+]+)?+([^\s<>\"'&,;*][^\s<>\"'&,;]{3,1000})"
)
_DIGEST = re.compile(rb"(?i)\busername\s{0,4}=[^\r\n<>]{0,1500}|\bdigest\b[^\r\n<>]{0,1500}?\bresponse\s{0,4}=[^\r\n<>]{0,500}")
_PROOF = re.compile(rb"(?i)\b(?:username|response|cnonce|nonce)\s{0,4}=\s{0,4}[\"']?([^\s\"',<>;&]{1,400})")
_IS_PROOF = re.compile(rb"(?i)\bresponse\s{0,4}=|\bcnonce\s{0,4}=")
_TOKEN = re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?usernametoken\b")
_IN_TOKEN = re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?(?:username|password|nonce)\b[^<>]{0,300}>\s{0,40}([^<>\s][^<>]{0,400})<")
TOKEN_BYTES = 4000
_ELEMENT = re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?(?:" + _SECRET_NAMES + rb")(?:\s[^<>]{0,300})?>\s{0,40}([^<>\s][^<>]{0,400})</")
_JSON = re.compile(rb"(?i)[\"'](?:" + _SECRET_NAMES + rb")[\"']\s{0,4}:\s{0,4}\"([^\"]{1,400})\"")
_QUERY = re.compile(
    rb"(?i)[?&](?:(?:" + _USER_NAMES + rb")=([^\s&<>\"';]{1,200})&)?(?:" + _SECRET_NAMES + rb")=([^\s&<>\"';]{1,200})"
)
_USER_INFO = re.compile(rb"(?i)\b[a-z][a-z0-9+.-]{1,20}://([^\s/:@<>\"']{1,200}:[^\s/@<>\"']{0,200})@")
_RUN = re.compile(rb"[A-Za-z0-9+/_=-]")
_MARKS = tuple(
    form
    for mark in (b"Authorization: ", b"authorization: ", b"Basic ", b"Digest username", b"UsernameToken", b"PasswordDigest")
    for form in in_base64(mark)
)


def find_credentials(data: bytes) -> Iterator[tuple[int, int]]:
    """What looks like a login that was sent: an Authorization header, a WS-UsernameToken, a password in a URL or a field."""
    for mark in _MARKS:
        at = data.find(mark)
        while at >= 0:
            start, end = at, at + len(mark)
            while start and _RUN.match(data, start - 1):
                start -= 1
            while end < len(data) and _RUN.match(data, end):
                end += 1
            yield start, end
            at = data.find(mark, end)
    if not _TRIGGER.search(data):
        return
    for found in _BASIC.finditer(data):
        if is_pair(found[1]):
            yield found.span(1)
    for found in _DIGEST.finditer(data):
        if _IS_PROOF.search(found[0]):
            yield from (one.span(1) for one in _PROOF.finditer(data, *found.span()))
    for found in _TOKEN.finditer(data):
        yield from (one.span(1) for one in _IN_TOKEN.finditer(data, found.start(), found.start() + TOKEN_BYTES))
    for pattern in (_NAMED, _ELEMENT, _JSON, _USER_INFO):
        yield from (found.span(1) for found in pattern.finditer(data))
    for found in _QUERY.finditer(data):
        yield from (found.span(group) for group in (1, 2) if found[group])


def is_pair(text: bytes) -> bool:
    """Whether a text is the base64 of "user:password", and no word that happens to be behind "Basic"."""
    bare = text.rstrip(b"=")
    try:
        pair = base64.urlsafe_b64decode(bare.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return False
    return b":" in pair and min(pair) >= 0x20
