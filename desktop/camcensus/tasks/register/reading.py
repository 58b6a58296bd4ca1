"""Reads entries of the register with a login that a person typed: which may be read, and what is saved of the answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from camcensus.discovery.login import Attempts, Login
from camcensus.discovery.target import certificates_in, may_log_in
from camcensus.identity.known_by import Marks
from camcensus.model.changes import Changes
from camcensus.model.errors import CamcensusError, StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.logins import LoginAllowances, LoginState
from camcensus.model.verdict import Verdict
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.store.keychain import Keychain
from camcensus.store.refusals import read_refusals
from camcensus.store.vendors_db.updates import default_folder
from camcensus.tasks.finding import signed_in
from camcensus.tasks.finding.keep import save_census
from camcensus.tasks.finding.known_by import KnownDevices
from camcensus.tasks.register.saved_logins import Kind, login_for, save_login, saved_for, verdicts_of
from camcensus.tasks.register.untouched import never_asked
from camcensus.tasks.register.verbs import AssetRow

WHAT_IT_DOES = (
    "One try for each device. After three refusals in a row Camcensus stops and asks. Nothing is changed on any device, and "
    "the login goes only to the device it is typed for: one that is not as it was known gets none before you allow it."
)
STATE_WORDS: dict[LoginState, str] = {
    "read": "Read",
    "refused": "Refused",
    "held": "Not tried",
    "paused": "Not tried",
    "clock": "Asks you: its clock is off",
    "clear": "Asks you: it wants the password itself",
    "changed": "Asks you: it may be another device",
    "silent": "No answer",
}


@dataclass(frozen=True, slots=True)
class ReadingGroup:
    """Rows that can be read together. `place` is the id of the place they are at, None for rows chosen one by one."""

    words: str
    rows: tuple[AssetRow, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True)
class RowRead:
    """How one row was read; `say` is a sentence, `ask` the change that a person is asked about."""

    asset: str
    ref: str
    state: LoginState
    say: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class RowsRead:
    """What came of it. `say` sums it up; `changes` are None where nothing was kept; `problem` is what went wrong beside it."""

    outcomes: tuple[RowRead, ...]
    say: str
    changes: Changes | None
    problem: str = ""

    @property
    def left(self) -> frozenset[str]:
        """The rows that were not read, by id."""
        return frozenset(one.asset for one in self.outcomes if one.state != "read")


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """What a person typed and allowed. `login` None: each device's own is in the keyring; `keep` puts it there if it worked."""

    rows: tuple[AssetRow, ...]
    login: Login | None
    allowed_by: str
    allowed: LoginAllowances
    again: bool = False
    keep: bool = False
    place: str | None = None


def may_be_read(row: AssetRow, *, loopback: bool = False) -> bool:
    """Whether a login may be sent to a row at all: a camera or recorder that is still here, at a private address."""
    if row.verdict is None or row.asset.device is None or row.asset.status == "removed":
        return False
    kind = row.verdict.description.kind
    return kind in signed_in.READ_KINDS and any(may_log_in(one, loopback) for one in row.addresses)


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
            found.append(ReadingGroup(f"All {len(here)} at {name}", here, place))
    if len(every) > max((len(one.rows) for one in found), default=0):
        found.append(ReadingGroup("The only device" if len(every) == 1 else f"All {len(every):,} devices", every))
    return tuple(found)


def pause(now: datetime, folder: Path | None = None) -> str:
    """Why no login is tried now, with what to do; "" where nothing holds it back."""
    try:
        where = folder or default_folder()
        attempts = Attempts(lambda: read_refusals(where, now), None, lambda: now)
        until = attempts.paused_until()
    except CamcensusError as error:
        return str(error)
    if until is None:
        return ""
    local = until.astimezone(now.tzinfo)
    here = f" On this computer’s clock that is {local:%H:%M}." if local.utcoffset() else ""
    return f"{attempts.pause_sentence()}{here} Ask your installer for the right login, and try one device first."


def kept_logins(inventory: Inventory, rows: Sequence[AssetRow]) -> frozenset[str]:
    """The rows that a login is kept for in the keyring, by id. Raises StoreError."""
    return frozenset(one.asset.id for one in rows if saved_for(inventory, one.asset) is not None)


async def read_rows(
    inventory: Inventory,
    wish: ReadingRequest,
    emit: Callable[[object], None],
    *,
    knowledge: Knowledge,
    clock: Callable[[], datetime],
    by: str,
    keychain: Keychain | None = None,
    folder: Path | None = None,
    loopback: bool = False,
) -> RowsRead:
    """Reads rows with a login, one attempt each, and keeps what they told; Stop (cancelling) keeps what was read so far.

    `emit` gets ScanProgress and a RowRead for each device. Raises StoreError, DiskError, and then no login was tried.
    """
    started = clock()
    rows, alike = _told_apart(wish.rows)
    verdicts = verdicts_of(inventory, rows)
    row_of = {str(one.verdict.device.keys[0]): one for one in rows if one.verdict is not None and one.verdict.device.keys}
    login_of = _logins(inventory, wish, keychain, row_of)

    known = KnownDevices(inventory)
    seen = {
        device: verdict.device.observations
        for verdict in verdicts
        if (row := _row_of(verdict, row_of)) and (device := row.asset.device)
    }

    def changed(verdict: Verdict) -> tuple[str, ...]:
        row = _row_of(verdict, row_of)
        device = row.asset.device if row is not None else None
        return known.changed(device, verdict.device.observations) if device is not None else ()

    def certificates(verdict: Verdict) -> Mapping[int, bytes]:
        row, seen = _row_of(verdict, row_of), verdict.device.observations
        device = row.asset.device if row is not None else None
        return known.certificates(device, seen) if device is not None else certificates_in(seen)

    def usual(verdict: Verdict) -> tuple[str, ...]:
        row = _row_of(verdict, row_of)
        return known.usual(row.asset.device) if row is not None and row.asset.device is not None else ()

    def trusted(verdict: Verdict) -> Marks | None:
        row = _row_of(verdict, row_of)
        return known.trusted(row.asset.device) if row is not None and row.asset.device is not None else None

    def yes(verdict: Verdict) -> frozenset[str]:
        row = _row_of(verdict, row_of)
        return known.yes(row.asset.device) if row is not None and row.asset.device is not None else frozenset()

    def tell(event: object) -> None:
        emit(_row_read(event, row_of) if isinstance(event, signed_in.DeviceOutcome) else event)

    signed = await signed_in.read_signed_in(
        verdicts, login_of, tell, folder=folder, allowed=wish.allowed, exclude=never_asked(inventory), loopback=loopback,
        again=wish.again, what_changed=changed, certificates=certificates, usual=usual, clock=clock,
        known=lambda verdict: known.replies(verdict.device.observations), trusted=trusted, yes=yes, knowledge=knowledge,
    )  # fmt: skip
    outcomes = (*(_row_read(one, row_of) for one in signed.outcomes), *(_not_told_apart(one) for one in alike))
    changes, problem = None, ""
    if signed.observations:
        census = signed_in.as_census(signed, knowledge, started_at=started, ended_at=clock(), allowed_by=wish.allowed_by or by)
        census = replace(census, verdicts=tuple(_as_known(verdict, wish.rows) for verdict in census.verdicts))
        changes = save_census(inventory, census, knowledge, clock())
    known.note(
        {
            device: (*seen[device], *(reply for reply in signed.observations if reply.address == one.address))
            for one in signed.outcomes
            if one.outcome.state == "read"
            and (row := row_of.get(one.key))
            and (device := row.asset.device) is not None
            and device in seen
        },
        allowed=wish.allowed.changed,
        outcomes={
            row.asset.device: one.outcome
            for one in signed.outcomes
            if (row := row_of.get(one.key)) and row.asset.device is not None
        },
    )
    if wish.keep and wish.login is not None and keychain is not None:
        problem = _keep_login(inventory, keychain, wish, outcomes, by, clock())
    if outcomes:
        say = signed.say if signed.outcomes else outcomes[0].say
    else:
        say = "These devices may not be asked: you chose to leave them alone, or their address is not private."
    if changes is not None:
        changes = replace(changes, say=say)
    return RowsRead(outcomes, say, changes, problem)


def _told_apart(rows: Sequence[AssetRow]) -> tuple[list[AssetRow], list[AssetRow]]:
    """The rows whose first key is theirs alone, and the others: what is asked of one of these would be noted for another."""
    firsts = Counter(str(one.verdict.device.keys[0]) for one in rows if one.verdict is not None and one.verdict.device.keys)
    alike = [row for row in rows if row.verdict and row.verdict.device.keys and firsts[str(row.verdict.device.keys[0])] > 1]
    return [row for row in rows if row not in alike], alike


def _not_told_apart(row: AssetRow) -> RowRead:
    ref = clean(row.asset.ref)
    say = f"{ref} shows the same as another one that you chose, so no login was sent. Sign in to one of them at a time."
    return RowRead(row.asset.id, ref, "held", say, "")


def _row_of(verdict: Verdict, row_of: dict[str, AssetRow]) -> AssetRow | None:
    return row_of.get(str(verdict.device.keys[0])) if verdict.device.keys else None


def _logins(
    inventory: Inventory, wish: ReadingRequest, keychain: Keychain | None, row_of: dict[str, AssetRow]
) -> Callable[[Verdict], Login | None]:
    def login_of(verdict: Verdict) -> Login | None:
        if wish.login is not None:
            return wish.login
        row = _row_of(verdict, row_of)
        return login_for(inventory, keychain, row.asset) if row is not None and keychain is not None else None

    return login_of


def _as_known(read: Verdict, rows: Sequence[AssetRow]) -> Verdict:
    """With the keys of the row that was asked: behind a router a device tells others after login than it told the search."""
    mine = [row.verdict.device for row in rows if row.verdict is not None and set(row.addresses) & set(read.device.addresses)]
    if len(mine) != 1:
        return read
    keys = {(key.kind, key.value): key for key in (*mine[0].keys, *read.device.keys)}
    return replace(read, device=replace(read.device, keys=tuple(keys.values())))


def _row_read(one: signed_in.DeviceOutcome, row_of: dict[str, AssetRow]) -> RowRead:
    row = row_of.get(one.key)
    ref = clean(row.asset.ref) if row is not None else clean(one.address)
    return RowRead(
        row.asset.id if row is not None else "", ref, one.outcome.state, clean(one.outcome.say, 400), one.outcome.ask
    )


def _keep_login(
    inventory: Inventory, keychain: Keychain, wish: ReadingRequest, outcomes: Sequence[RowRead], by: str, now: datetime
) -> str:
    """Keeps the login for what answered to it, never one that was refused everywhere; "" or why not."""
    read = {one.asset for one in outcomes if one.state == "read"}
    owners: list[tuple[Kind, str]] = [
        ("device", row.asset.device) for row in wish.rows if row.asset.id in read and row.asset.device is not None
    ]
    if owners and wish.place is not None:
        owners = [("place", wish.place)]
    try:
        for owner in owners:
            assert wish.login is not None
            save_login(inventory, keychain, wish.login, owner, by=by, now=now)
    except StoreError as error:
        return str(error)
    return ""
