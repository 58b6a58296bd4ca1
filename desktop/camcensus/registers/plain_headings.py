"""A heading in the form in which headings are compared, and the letter of its column."""

from __future__ import annotations

import re
import unicodedata


def plain(heading: str) -> str:
    """A heading in lower case, words of letters and digits, without what is in brackets at its end."""
    text = unicodedata.normalize("NFKD", heading[:200]).casefold()
    text = "".join(one for one in text if not unicodedata.combining(one))
    kept = " ".join(re.findall(r"[a-z0-9£]+", re.sub(r"\([^)]*\)\s*$", " ", text)))
    return kept or " ".join(re.findall(r"[a-z0-9£]+", text))


def letter(place: int) -> str:
    """ "A" for 0, "AB" for 27."""
    name, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
