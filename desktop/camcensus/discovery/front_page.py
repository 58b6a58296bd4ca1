"""What a front page shows each time that it is asked for: all but what one device says otherwise each time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from camcensus.identity.steady_text import steady
from camcensus.model.errors import WireError
from camcensus.wire.http import read_head, unpack

_HEADERS = ("server", "location", "www-authenticate", "content-type")
"""Those that a device gives alike each time, but for what is taken out below. The others count, date or number the answer."""

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
        return [], _split(_LONG.sub(_unless_words, steady(answer.decode("latin-1"))))
    status = answer.lstrip(b"\r\n").partition(b"\n")[0].decode("latin-1").strip()
    headers = [f"{name}: {value}" for name in _HEADERS for value in head.all(name)]
    body = _LONG.sub(_unless_words, steady(unpack(head).decode("latin-1")))
    return [status, *(piece for one in headers for piece in _split(steady(one)))], _split(body)


def _unless_words(found: re.Match[str]) -> str:
    """Letters and digits that nobody reads: keys, digests, numbers of sessions."""
    text = found[0]
    is_made_up = any(one.isdigit() for one in text) and any(one.isalpha() for one in text)
    return "~" if is_made_up else text


def _split(text: str) -> list[str]:
    """Its lines, elements and statements."""
    return [piece for one in _PIECE.split(text) if (piece := " ".join(one.split()))]
