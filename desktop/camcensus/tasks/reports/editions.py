"""Who may read what on paper: the one list of what each edition of a report gives. What is not on it stays out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeVar

from camcensus.model import frozen
from camcensus.model.words import joined

Audience = Literal["internal", "supplier", "public"]
Kept = Literal[
    "place", "purpose", "serial", "network", "sent", "staff", "notes", "firms", "contracts", "owner", "dpia", "checked",
    "recording", "history", "batches", "flaws",
]  # fmt: skip
"""Kinds of facts that not everybody reads. All others (what it is, who made it, how sure, age, decision) are for everyone."""

LEFT_OUT_WORDS: dict[Kept, str] = {
    "place": "exact locations",
    "purpose": "what each device is for",
    "serial": "serial numbers",
    "network": "network addresses and MAC addresses",
    "sent": "what devices sent, word for word",
    "staff": "staff names",
    "notes": "notes and reasons",
    "firms": "who sold and who maintains them",
    "contracts": "contract numbers and contacts",
    "owner": "owners",
    "dpia": "references of impact assessments",
    "checked": "when devices were last seen and pictures last checked",
    "recording": "what records what, and for how long",
    "history": "the history of each device",
    "batches": "names of batches and own lines",
    "flaws": "known flaws and support of each device",
}
_GIVEN: dict[Audience, frozenset[Kept]] = {
    "internal": frozenset(LEFT_OUT_WORDS),
    "supplier": frozenset(("place", "purpose", "recording", "checked", "batches", "flaws")),
    "public": frozenset(),
}

T = TypeVar("T")


@frozen
class Edition:
    """What one audience is given."""

    audience: Audience

    @property
    def internal(self) -> bool:
        """Whether only our own staff will read it."""
        return self.audience == "internal"

    def gives(self, fact: Kept) -> bool:
        """Whether facts of this kind go in."""
        return fact in _GIVEN[self.audience]

    def only(self, fact: Kept, value: T) -> T | None:
        """The value where it goes in, else None: a report prints no column, line or word for None."""
        return value if self.gives(fact) else None

    def left_out(self, facts: Iterable[Kept]) -> str:
        """One sentence that names what this edition leaves out of a report that could hold `facts`; empty where nothing."""
        missing = [LEFT_OUT_WORDS[fact] for fact in facts if not self.gives(fact)]
        return f"Left out of this edition: {joined(missing, ', and ')}." if missing else ""
