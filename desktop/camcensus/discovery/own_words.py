"""Which words are nobody else's: so long that no reply has them by chance, and none of the words of the protocols."""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from functools import cache
from types import CodeType

import camcensus.wire.read  # noqa: F401  # Loads every codec, so that their words are known.
from camcensus.discovery.onvif import wsdl_folder
from camcensus.model.errors import DiscoveryError
from camcensus.wire.essence import essence

LONG_CHARACTERS = 8
"""Enough to be nobody else's word."""
LONGER_CHARACTERS = 12
"""Enough where digits count up, and to be sought in pieces."""
STEPS, SORTS = 3, 4
_WORD = re.compile(rf"[0-9a-z]{{{LONG_CHARACTERS},}}")
_ROOMS = ("camcensus.wire.", "camcensus.discovery.")


def is_own(text: str) -> bool:
    """Whether a text is long enough to be nobody else's word; of letters or digits alone, also no common one.

    Not common is what is in no word of the protocols, and neither one letter again and again nor letters in their order.
    """
    if len(text) < LONG_CHARACTERS:
        return False
    return is_mixed(text) or (_is_varied(text) and essence(text) not in vocabulary())


def is_mixed(text: str) -> bool:
    """Whether a text is long, and of letters and digits or signs."""
    return len(text) >= LONG_CHARACTERS and len(set(map(kind, text))) > 1


def kind(character: str) -> str:
    """Letter, digit or sign."""
    return "a" if character.isalpha() else "1" if character.isdecimal() else "-"


def _is_varied(text: str) -> bool:
    steps = {ord(one) - ord(other) for one, other in itertools.pairwise(text)}
    return len(steps) >= STEPS or (len(text) >= LONGER_CHARACTERS and len(set(text)) >= SORTS)


@cache
def vocabulary() -> str:
    """The long words of the protocols: of all that our questions ask and our codecs look for, and of ONVIF's descriptions."""
    return "\n".join(sorted({word for text in _texts() for word in _WORD.findall(text.casefold())}))


def _texts() -> Iterator[str]:
    for name, module in list(sys.modules.items()):
        loader = getattr(module.__spec__, "loader", None) if name.startswith(_ROOMS) else None
        if loader is not None and hasattr(loader, "get_code"):
            yield from _constants(loader.get_code(name))
    try:
        yield from (path.read_text("utf-8", "replace") for path in wsdl_folder().iterdir() if path.is_file())
    except (DiscoveryError, OSError):
        return


def _constants(code: CodeType | None) -> Iterator[str]:
    for one in code.co_consts if code else ():
        if isinstance(one, CodeType):
            yield from _constants(one)
        elif isinstance(one, str | bytes):
            yield one if isinstance(one, str) else one.decode("latin-1")
        elif isinstance(one, tuple):
            yield from (text for text in one if isinstance(text, str))
