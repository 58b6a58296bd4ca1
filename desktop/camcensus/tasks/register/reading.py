"""Signs in to entries of the register: the list of those that can be read, and what is saved of their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.discovery.login import Login
from camcensus.discovery.sign_in import LoginState, may_log_in
from camcensus.model import frozen
from camcensus.model.changes import Changes
from camcensus.model.device import Verdict
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding import sign_in as finding
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.finding.sign_in import (
    READ_KINDS,
    Candidate,
    DeviceOutcome,
    LastTime,
    SignInRow,
    as_census,
    read_signed_in,
)
from camcensus.tasks.register.untouched import never_asked
from camcensus.tasks.register.verbs import AssetRow

WHAT_IT_DOES = (
    "One try for each ticked device; after three refusals Camcensus stops. Nothing is changed on any device. The password "
    "itself is never sent or saved."
)
STATE_WORDS: dict[LoginState, str] = {
    "read": "Read",
    "refused": "Refused",
    "held": "Not tried",
    "changed": "Not as the list showed it",
    "silent": "No answer",
}


@frozen
class ReadingGroup:
    """Rows that can be read together."""

    words: str
    rows: tuple[AssetRow, ...]


@frozen
class RowsRead:
    """What came of it. `say` sums it up; `changes` are None where nothing was kept."""

    outcomes: tuple[DeviceOutcome, ...]
    say: str
    changes: Changes | None


def may_be_read(row: AssetRow, *, loopback: bool = False) -> bool:
    """Whether a login may be sent to a row at all: a camera or recorder that is still here, at a private address."""
    if row.verdict is None or row.asset.device is None or not row.asset.in_use:
        return False
    return row.verdict.description.kind in READ_KINDS and any(may_log_in(one, loopback) for one in row.addresses)


def groups(rows: Sequence[AssetRow], chosen: Sequence[AssetRow], *, loopback: bool = False) -> tuple[ReadingGroup, ...]:
    """What a login can be typed for: what was chosen, all at the place of that, and all. Empty groups are left out."""

    def readable(some: Sequence[AssetRow]) -> tuple[AssetRow, ...]:
        return tuple(one for one in some if may_be_read(one, loopback=loopback))

    mine, every = readable(chosen), readable(rows)
    found: list[ReadingGroup] = []
    if mine:
        found.append(ReadingGroup(f"{clean(mine[0].asset.ref)} only" if len(mine) == 1 else f"The {len(mine)} chosen", mine))
    places = {one.asset.place for one in mine}
    if len(places) == 1 and (place := next(iter(places))) is not None:
        here = tuple(one for one in every if one.asset.place == place)
        if len(here) > len(mine):
            name = clean(here[0].asset.place_path[-1], 60) if here[0].asset.place_path else "that place"
            found.append(ReadingGroup(f"All {len(here)} at {name}", here))
    if len(every) > max((len(one.rows) for one in found), default=0):
        found.append(ReadingGroup("The only device" if len(every) == 1 else f"All {len(every):,} devices", every))
    return tuple(found)


def sign_in_list(
    inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge, *, loopback: bool = False
) -> tuple[SignInRow, ...]:
    """The list that a person sees before any login goes out; what may not be asked is left out. Raises StoreError."""
    verdicts = {
        row.asset.device: (row, row.verdict) for row in rows if row.verdict is not None and row.asset.device is not None
    }
    last, candidates = LastTime(inventory), list[Candidate]()
    for device, seen in inventory.latest_replies(verdicts):
        row, verdict = verdicts[device]
        whole = replace(verdict, device=replace(verdict.device, observations=seen))
        candidates.append(Candidate(whole, last.facts(device, whole.device), _name(row), device, row.asset.id))
    return finding.sign_in_list(candidates, knowledge, exclude=never_asked(inventory), loopback=loopback)


def _name(row: AssetRow) -> str:
    return f"{row.asset.ref}, {row.asset.place_path[-1]}" if row.asset.place_path else row.asset.ref


async def read_rows(
    inventory: Inventory,
    ticked: Sequence[SignInRow],
    login: Login,
    emit: Callable[[object], None],
    *,
    knowledge: Knowledge,
    clock: Callable[[], datetime],
    allowed_by: str,
    loopback: bool = False,
) -> RowsRead:
    """Reads the ticked rows with a login, one try each, and saves what they told; Stop (cancelling) saves what was read so far.

    `emit` gets ScanProgress and a DeviceOutcome for each device. Raises StoreError.
    """
    started = clock()
    signed = await read_signed_in(ticked, login, emit, exclude=never_asked(inventory), loopback=loopback, clock=clock)
    changes = None
    if signed.observations:
        census = as_census(signed, knowledge, started_at=started, ended_at=clock(), allowed_by=allowed_by)
        census = replace(census, verdicts=tuple(_as_known(one, ticked) for one in census.verdicts))
        changes = replace(save_census(inventory, census, knowledge, clock()), say=signed.say)
    LastTime(inventory).note(signed)
    return RowsRead(signed.outcomes, signed.say, changes)


def _as_known(read: Verdict, rows: Sequence[SignInRow]) -> Verdict:
    """With the keys of the row that was asked: behind a router a device tells others after login than it told the search."""
    mine = [row.keys for row in rows if row.target.address in read.device.addresses]
    if len(mine) != 1:
        return read
    keys = {(key.kind, key.value): key for key in (*mine[0], *read.device.keys)}
    return replace(read, device=replace(read.device, keys=tuple(keys.values())))
