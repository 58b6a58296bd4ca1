"""Staff in files for others: a role, unless somebody asked for the names."""

from __future__ import annotations

import re
from collections.abc import Iterable

ROLE = "a member of staff"
SHORTEST = 3
"""A shorter name than this would be taken out of other words."""
_TITLED = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir)\.?\s+|(?:[a-z]\.\s*)+)"
"""What is before a surname that is meant as one: by itself it may be a hall, a park or a bell."""


class Staff:
    """`names` are all under which somebody did something in the record; `shown` where they are asked for."""

    def __init__(self, names: Iterable[str], *, shown: bool) -> None:
        self.shown = shown
        parts = {part for name in names for part in (name, *re.split(r",| by the command line", name))}
        known = sorted({part.strip() for part in parts if len(part.strip()) >= SHORTEST}, key=lambda one: (-len(one), one))
        titled = [
            _TITLED + re.escape(name.split()[-1])
            for name in known
            if len(name.split()) > 1 and len(name.split()[-1]) >= SHORTEST
        ]
        words = "|".join([*(re.escape(name) for name in known), *dict.fromkeys(titled)])
        self._known = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if known else None

    def who(self, name: str | None) -> str:
        """Who did it, as the file says it; "" where nobody is named."""
        return name or "" if self.shown or not name else ROLE

    def text(self, text: str) -> str:
        """What somebody wrote, without the names of staff that the record knows: as they are there, or "Mr Khan"."""
        return text if self.shown or self._known is None else self._known.sub(f"[{ROLE}]", text)
