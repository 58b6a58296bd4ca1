"""A heading or a cell in the form in which words are compared."""

from __future__ import annotations

import re
import unicodedata

_AT_END = re.compile(r"\([^)]*\)\s*$|\b(?:y\s*/\s*n|yes\s*/\s*no|yes or no)\W*$", re.I)

_WHOLE = re.compile(
    r"(?:grand |sub ?)?totals?(?: (?:cameras|devices|items|cost|value|(?:of|for|all) .*))?|sum|average|overall|combined"
    r"|(?:trust|school|council) wide|(?:all|whole|entire)(?: (?:the |our )?(?:sites?|schools?|trust|council|shops?|stores?"
    r"|branches|hospitals?|buildings|organisation|estate|locations|departments))?"
)


def plain(heading: str) -> str:
    """A heading as `plain_words`, without what is in brackets at its end, and without "Y/N"."""
    return plain_words(_AT_END.sub(" ", heading[:200])) or plain_words(heading)


def plain_words(text: str) -> str:
    """A text in lower case, as words of letters and digits without accents."""
    kept = (one for one in unicodedata.normalize("NFKD", text[:200]).casefold() if not unicodedata.combining(one))
    return " ".join(re.findall(r"[a-z0-9£]+", "".join(kept)))


def is_whole(name: str) -> bool:
    """Whether a name is of all sites together: "Total", "All shops", "Whole school"; not "All Saints"."""
    return _WHOLE.fullmatch(plain_words(name)) is not None


def letter(place: int) -> str:
    """ "A" for 0, "AB" for 27."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
