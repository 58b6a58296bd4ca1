"""One safe reader for the JSON that devices and people send."""

from __future__ import annotations

import json
import re
from typing import Any

from camcensus.model.errors import WireError
from camcensus.wire.text import decode

SIZE_LIMIT_BYTES = 256 * 1024
"""A UDP datagram has 64 KiB at most, a kept reply 96."""


def read_json_object(data: bytes) -> dict[str, Any]:
    """The JSON object at the start of the bytes; what follows it is ignored. Raises WireError for all else.

    Nesting is bounded by the interpreter, whole numbers by its limit on digits: both end as WireError.
    """
    if len(data) > SIZE_LIMIT_BYTES:
        raise WireError(f"The JSON is longer than {SIZE_LIMIT_BYTES:,} bytes; such a reply is not read.")
    try:
        value, _ = json.JSONDecoder().raw_decode(decode(data).strip("\x00\r\n\t \ufeff"))
    except (ValueError, RecursionError):
        raise WireError("The reply's JSON cannot be read.") from None
    if not isinstance(value, dict):
        raise WireError("The reply's JSON is not an object.")
    return value


def text_of(value: Any) -> str | None:
    """Text of a JSON value that is a string or a whole number; None for all else."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 1 << 63:
        return str(value)
    return None


def blank_members(raw: bytes, *names: str) -> bytes:
    """The bytes with the text of every member of one of the names blanked by "*", the same length; also in broken JSON.

    Names are compared without regard to case. Text that is empty stays so.
    """
    wanted = b"|".join(re.escape(name.encode("ascii")) for name in names)
    member = re.compile(rb'("(?:%s)"[ \t\r\n]{0,16}:[ \t\r\n]{0,16}")((?:[^"\\]|\\.?)*)' % wanted, re.I | re.S)
    return member.sub(lambda found: found[1] + b"*" * len(found[2]), raw)
