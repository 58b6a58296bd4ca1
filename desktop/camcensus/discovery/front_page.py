"""What a front page shows each time that it is asked for: all but what one device says otherwise each time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camcensus.model.errors import WireError
from camcensus.wire.http import read_head, unpack

_HEADERS = ("server", "location", "www-authenticate", "content-type")
"""Those that a device gives alike each time, but for what is taken out below. The others count, date or number the answer."""

_NAMES = (
    r"[\w-]{0,24}(?:nonce|opaque|csrf|token|sess?|session|sid|salt|challenge|random|rand|seed|time|date|stamp|uptime|counter|count)"
    r"(?:[_-]?(?:id|key|value|str|string))?"
)
_QUOTED = r"""\\?["'][^"'\r\n]{0,512}["']"""
_NAMED = re.compile(
    rf"""(?ix)
    (?<![a-z0-9_-]) {_NAMES} ["']? \s{{0,4}} [=:] \s{{0,4}} (?: {_QUOTED} | [^\s"'<>&;,]{{1,512}})
    | (?<= value=) {_QUOTED} (?= [^<>]{{0,200}} \b name=["']? {_NAMES} \b)
    | \b name=["']? {_NAMES} \b ["']? [^<>]{{0,200}}? \b (?:value|content)= {_QUOTED}
    """
)
"""A value whose name says that it is made up, or told by a clock or a counter, in a script, an address or a form."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WHEN = re.compile(
    rf"""(?ix)
    \b (?: mon | tues? | wed(?:nes)? | thu(?:rs?)? | fri | sat(?:ur)? | sun ) (?:day)? \b ,?
    | \b \d{{1,2}} [\s-] {_MONTH} [\s-] \d{{2,4}} \b
    | \b {_MONTH} \s{{1,2}} \d{{1,2}} (?: ,? \s \d{{4}} )? \b
    | \b \d{{4}} [-/.] \d{{1,2}} [-/.] \d{{1,2}} (?: T (?=\d) )? | \b \d{{1,2}} [-/.] \d{{1,2}} [-/.] \d{{4}} \b
    | (?<![\w:]) \d{{1,2}} : \d{{2}} (?: :\d{{2}} (?:\.\d{{1,9}})? )? (?! :? [\da-f] ) (?: \s? [ap]m\b | Z\b | [+-]\d\d:?\d\d )?
    | (?<! [\w.-] ) \d{{1,9}} (?:\.\d{{1,9}})? \s?
      (?: ms(?:ec)? | s(?:ecs?|econds?)? | min(?:ute)?s? | h(?:ours?)? | days? | weeks? ) \b
    | \b 0?\.\d{{6,20}} \b
    | \b 1[5-9]\d{{8}} (?:\d{{3}})? \b
    """
)
"""Days, times of day, how long it is on, what a random number looks like, seconds or milliseconds since 1970."""

_LONG = re.compile(r"[\w+/=]{32,}")
_PIECE = re.compile(r"[\r\n<>{};,]+")


def page_of(answers: Sequence[bytes]) -> str:
    """Of answers to `GET /` one after the other, the status line, some headers and the body, without what is fickle in them.

    Lines, elements and statements that are not in all of them are left out.
    """
    pages = [_pieces(one) for one in answers]
    kept = set(pages[0]).intersection(*pages[1:]) if pages else set()
    return "\n".join(one for one in pages[0] if one in kept) if pages else ""


def refusal_of(answer: bytes) -> str:
    """The same of a refusal, without numbers in its body: those of a request or of a clock differ each time."""
    head, body = _parts(answer)
    return "\n".join([*head, *(re.sub(r"\d+", "0", one) for one in body)])


def _pieces(answer: bytes) -> list[str]:
    return [piece for part in _parts(answer) for piece in part]


def _parts(answer: bytes) -> tuple[list[str], list[str]]:
    """Of the status line and headers, and of the body."""
    try:
        head = read_head(answer, "HTTP")
    except WireError:
        return [], _split(_LONG.sub(_unless_words, _without(answer.decode("latin-1"))))
    status = answer.lstrip(b"\r\n").partition(b"\n")[0].decode("latin-1").strip()
    headers = [f"{name}: {value}" for name in _HEADERS for value in head.all(name)]
    body = _LONG.sub(_unless_words, _without(unpack(head).decode("latin-1")))
    return [status, *(piece for one in headers for piece in _split(_without(one)))], _split(body)


def _without(text: str) -> str:
    return _WHEN.sub("~", _NAMED.sub("~", text))


def _unless_words(found: re.Match[str]) -> str:
    """Letters and digits that nobody reads: keys, digests, numbers of sessions."""
    text = found[0]
    is_made_up = any(one.isdigit() for one in text) and any(one.isalpha() for one in text)
    return "~" if is_made_up else text


def _split(text: str) -> list[str]:
    """Its lines, elements and statements."""
    return [piece for one in _PIECE.split(text) if (piece := " ".join(one.split()))]
