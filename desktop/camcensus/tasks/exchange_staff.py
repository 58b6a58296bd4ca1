"""Staff in what is made for others: a role, unless somebody asked for the names."""

from __future__ import annotations

import re
from collections.abc import Iterable

ROLE = "a member of staff"
SHORTEST = 3
"""A shorter name than this would be taken out of other words."""


class Staff:
    """`names` are all under which somebody did something in the record; `shown` where they are asked for."""

    def __init__(self, names: Iterable[str], *, shown: bool) -> None:
        self.shown = shown
        parts = {part for name in names for part in (name, *re.split(r",| by the command line", name))}
        known = sorted({part.strip() for part in parts if len(part.strip()) >= SHORTEST}, key=lambda one: (-len(one), one))
        words = "|".join(re.escape(name) for name in known)
        self._known = re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) if known else None

    def who(self, name: str | None) -> str:
        """Who did it, as the file says it; "" where nobody is named."""
        return name or "" if self.shown or not name else ROLE

    def text(self, text: str) -> str:
        """What somebody wrote, without the names of staff that the record knows."""
        return text if self.shown or self._known is None else self._known.sub(f"[{ROLE}]", text)
