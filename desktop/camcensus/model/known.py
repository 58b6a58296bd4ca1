"""How an entry of the register is known: what happened to it, and the sentences that say so. No other sentence may."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from camcensus.model.frozen import frozen
from camcensus.model.words import clean, count, fitting, joined, long_date

Way = Literal["search", "person", "list", "answer"]
NOT_ASKED = frozenset({"person", "list"})
"""Probes that asked no device anything: what a person read, and what a list says."""
_RESTS: dict[Way, tuple[str, str]] = {
    "search": ("answered a search", "answered a search"),
    "person": ("was entered or confirmed by a person", "were entered or confirmed by a person"),
    "list": ("is recorded from a list", "are recorded from a list"),
    "answer": ("is known from an answer to a letter", "are known from an answer to a letter"),
}
_CHANNELS = ("is reported by a recorder alone", "are reported by a recorder alone")
_SOURCES: dict[Way, str] = {"search": "search", "person": "entries by hand", "list": "lists", "answer": "letters"}
_SHORT: dict[Way, str] = {
    "search": "Answered a search", "person": "By a person", "list": "From a list", "answer": "From a letter",
}  # fmt: skip


@frozen
class KnownBy:
    """One thing that happened to an entry. `at` is a day or a moment in UTC.

    `what` is "" for a search, who it was for a person, the list and its row for a list.
    """

    way: Way
    at: str
    what: str = ""

    @property
    def dated(self) -> str:
        """ "cameras.xlsx, row 14, 2 December 2026"."""
        return ", ".join(part for part in (clean(self.what, 120), long_date(self.at[:10])) if part)


type Known = tuple[KnownBy, ...]
"""How one entry is known, a search first; empty where nobody but its recorder reports it."""


def known_of(happened: Iterable[KnownBy]) -> Known:
    """The newest of each way."""
    newest = {one.way: one for one in sorted(happened, key=lambda one: one.at)}
    return tuple(newest[way] for way in get_args(Way) if way in newest)


def by(known: Known, way: Way) -> KnownBy | None:
    """What happened to an entry in this way, None where it did not."""
    return next((one for one in known if one.way == way), None)


def number_by(entries: Iterable[Known], way: Way) -> int:
    """How many entries are known in this way."""
    return sum(by(known, way) is not None for known in entries)


METHODS: dict[Way, str] = {"search": "search", "person": "walk", "list": "import", "answer": "import"}
"""How an entry is known, in the word of the exchange file and the CSV."""


def recorded_from(known: Known) -> str:
    """The list that has an entry, its row and its date; "" where none does."""
    found = by(known, "list")
    return found.dated if found else ""


def way_short(known: Known) -> str:
    """How one entry is known, in a cell of a table."""
    return _SHORT[known[0].way] if known else "Reported by its recorder"


def ways_said(entries: Iterable[Known]) -> str:
    """ "Of 12 items, 8 answered a search and 4 are recorded from a list." or "All 12 items answered …"; "" without entries."""
    every = list(entries)
    numbers = [(number_by(every, way), words) for way, words in _RESTS.items()] + [(every.count(()), _CHANNELS)]
    numbers = [(number, words) for number, words in numbers if number]
    if [number for number, _ in numbers] == [len(every)]:
        every_one = "Both items" if len(every) == 2 else f"{'All ' if len(every) > 1 else ''}{count(len(every), 'item')}"
        return f"{every_one} {fitting(len(every), *numbers[0][1])}."
    said = joined(
        [f"{'all' if number == len(every) > 1 else f'{number:,}'} {fitting(number, *words)}" for number, words in numbers]
    )
    twice = " Some are known in more than one way." if sum(number for number, _ in numbers) > len(every) else ""
    return f"Of {count(len(every), 'item')}, {said}.{twice}" if said else ""


def sources_said(entries: Iterable[Known], *, searched: bool) -> str:
    """ "search, entries by hand and lists": from what a record is made; "" for an empty one. `searched` also without a find."""
    every = list(entries)
    ways = [way for way in _SOURCES if number_by(every, way) or (way == "search" and searched)]
    return joined([*(_SOURCES[way] for way in ways), *(["recorders’ channels"] if () in every else [])])
