"""What happened to the register: searches, edits, and what became of each row between two moments."""

from __future__ import annotations

from typing import Literal

from camcensus.model import frozen
from camcensus.model.asset import AssetStatus, Decision
from camcensus.model.device import DeviceKind
from camcensus.model.scan import ScanRecord

ChangeKind = Literal["new", "gone", "back", "moved", "firmware", "answer", "added", "removed", "decided", "placed", "edited"]

CHANGE_WORDS: dict[ChangeKind, str] = {
    "new": "New",
    "gone": "Not seen",
    "back": "Seen again",
    "moved": "Moved",
    "firmware": "Other firmware",
    "answer": "Other answer",
    "added": "Added by hand or from a list",
    "removed": "Marked as removed",
    "decided": "Decided",
    "placed": "Placed",
    "edited": "Edited",
}
"""In the order in which they are shown: first what the network shows, then what staff did."""


@frozen
class Search:
    """A search as the inventory keeps it. `number` counts from 1; `kept_at` is when it came into the inventory (UTC).

    `change` is the number of the line of the change log that kept it.
    """

    record: ScanRecord
    number: int
    kept_at: str
    change: int


@frozen
class Sighting:
    """That a search saw a device, and how it was then. `scan` is the search's id."""

    scan: str
    device: str
    network: str | None
    addresses: tuple[str, ...]
    mac: str | None = None
    firmware: str | None = None
    model: str | None = None


@frozen
class AnswerChange:
    """That the answer for a device became another (`was` None for the first one), and when."""

    device: str
    at: str
    was: str | None
    is_now: str
    why: str


@frozen
class LoggedEdit:
    """A line of the change log. `assets` are the rows that it touched, `columns` what it set of them.

    `adds` where it made rows; `says_removed` where it marked rows as no longer here; `undone` where it was taken back.
    `change` is its number in the log.
    """

    change: int
    at: str
    by: str | None
    verb: str
    say: str
    assets: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    adds: bool = False
    says_removed: bool = False
    undone: bool = False


@frozen
class RowNow:
    """A row of the register as it is now, as far as its history needs it."""

    id: str
    ref: str
    kind: DeviceKind
    device: str | None
    status: AssetStatus = "present"
    decision: Decision | None = None


@frozen(kw_only=True)
class History:
    """All that is saved of what happened. Searches by number; the others in the order in which they were kept.

    `firm` are the devices that have a number, device id or serial number of their own.
    """

    rows: tuple[RowNow, ...] = ()
    searches: tuple[Search, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    answers: tuple[AnswerChange, ...] = ()
    edits: tuple[LoggedEdit, ...] = ()
    firm: frozenset[str] = frozenset()


@frozen
class Change:
    """One thing that is otherwise than before. `say` is one sentence; `was`, `is_now` are empty where there is none.

    `at` is when it was seen or done (UTC). A row that is no longer in the register has no `asset`. `search` is the number
    of the search that showed it, None for what staff did; `by` is who did it.
    """

    kind: ChangeKind
    ref: str
    asset: str | None
    at: str
    say: str
    was: str = ""
    is_now: str = ""
    by: str | None = None
    search: int | None = None
    refs: tuple[str, ...] = ()


@frozen
class Moment:
    """A point in the life of an inventory and what people call it ("24 November 2026", "search 2", "your last report").

    `at` is UTC, ending in Z; `change` the number of the last line of the change log that came before or with it.
    """

    at: str
    name: str
    change: int


@frozen(kw_only=True)
class Comparison:
    """What changed after `since` up to and with `until`.

    `searches` are those kept between; `unlooked` the refs of rows that no search between saw or could have seen, so that
    nothing is said of them (none without a search between: then it holds for all). `say` sums it up; `notes` are sentences
    that belong beside every count.
    """

    since: Moment
    until: Moment
    changes: tuple[Change, ...]
    searches: tuple[Search, ...]
    unlooked: tuple[str, ...]
    say: str
    notes: tuple[str, ...] = ()

    def count(self, kind: ChangeKind) -> int:
        """How many changes there are of a kind."""
        return sum(change.kind == kind for change in self.changes)


@frozen
class Event:
    """A line of a history, of the whole inventory or of one row. `kind` "search", "report" or "edit", or of a change."""

    at: str
    kind: str
    say: str
    by: str | None = None
    search: int | None = None
    undone: bool = False
    change: int | None = None
    was: str = ""
    is_now: str = ""


@frozen(kw_only=True)
class RemovalProof:
    """What shows that a row marked as removed is gone.

    `searches` are (number, ended at) of complete searches of where it was last seen, after that, that did not see it.
    `shown` is True where there is at least one, and it was not seen after the mark. `say` are sentences, the result first.
    """

    ref: str
    asset: str
    decision: Decision | None
    last_seen: str | None
    searches: tuple[tuple[int, str], ...]
    shown: bool
    say: tuple[str, ...]
