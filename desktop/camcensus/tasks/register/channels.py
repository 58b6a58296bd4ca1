"""The channels that a recorder reports: which have no row yet, and which are cameras that are in the register already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from camcensus.identity.values import is_usable_serial, plain_serial, same_serial
from camcensus.model import frozen
from camcensus.model.asset import Asset
from camcensus.model.device import DeviceKind, Observation, ReportedChannel
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean, count
from camcensus.store.changelog import GONE
from camcensus.store.edits import by_hand
from camcensus.store.pen import Pen, edit
from camcensus.tasks.register.rows import AssetRow, rows

HAVE_CHANNELS: tuple[DeviceKind, ...] = ("recorder", "encoder")
SAME_TAIL = 4
"""Two forms of one serial number end alike: by so many characters they are looked up."""
ANALOGUE, NETWORK = "Analogue channel", "Network channel"


@frozen
class Missing:
    """A channel that has no row. `row` is the asset id of its camera where that is in the register already, to be connected."""

    number: int
    note: str
    row: str | None = None


def missing_channels(recorder: AssetRow, register: Iterable[AssetRow], knowledge: Knowledge) -> tuple[Missing, ...]:
    """The channels of a recorder with no row, by number; an analogue and a network one may share a number.

    A recorder that only counts them ("up to 16") gives that many.
    """
    told = recorder.verdict.description if recorder.verdict is not None else None
    if told is None or recorder.asset.kind not in HAVE_CHANNELS:
        return ()
    cameras = _Cameras(recorder, register, knowledge)
    reported = told.reported_channels or _counted(told.channels_analogue or 0, told.channels_digital or 0)
    twice = len({one.number for one in reported}) < len(reported)
    wanted = [(one.number, _note(one, twice=twice), cameras.of(one)) for one in reported]
    held = [row.asset for row in register if row.asset.connected_to == recorder.asset.id and row.asset.channel is not None]
    return tuple(Missing(*one) for one in _without(wanted, held))


@edit("add", failed="The channels were not added")
def add_missing(pen: Pen, knowledge: Knowledge, recorders: Sequence[str]) -> str:
    """A row, not confirmed, for each channel of recorders that has none; cameras that are rows are connected.

    Raises StoreError where there is nothing to add.
    """
    register = rows(pen.inventory, knowledge)
    found = {one.asset.id: one for one in register if one.asset.id in recorders}
    if len(found) != len(set(recorders)):
        raise StoreError(GONE)
    said, connected = [], 0
    for recorder in dict.fromkeys(recorders):
        channels = missing_channels(found[recorder], register, knowledge)
        for one in channels:
            if one.row is not None:
                pen.set("asset", one.row, {"connected_to": recorder, "channel": one.number})
                connected += 1
        if new := [(one.number, one.note) for one in channels if one.row is None]:
            said.append(by_hand.new_channels(pen, recorder, new))
    if connected:
        said.append(f"{count(connected, 'camera')} of the record connected to {'it' if len(found) == 1 else 'them'}.")
    if not said:
        raise StoreError("Each channel that was reported has a row already; look at the list of cameras.")
    return " ".join(said)


def unconfirmed_words(assets: Iterable[Asset]) -> str:
    """ "8 reported by the recorder, not confirmed", of rows that are here; "" where there is none."""
    open_rows = [one for one in assets if one.unconfirmed and one.in_use]
    if not open_rows:
        return ""
    recorders = {one.connected_to for one in open_rows}
    return f"{len(open_rows):,} reported by {'the recorder' if len(recorders) == 1 else 'recorders'}, not confirmed"


def _counted(analogue: int, digital: int) -> tuple[ReportedChannel, ...]:
    return (
        *(ReportedChannel(number, analogue=True) for number in range(1, analogue + 1)),
        *(ReportedChannel(number) for number in range(1, digital + 1)),
    )


def _note(one: ReportedChannel, *, twice: bool) -> str:
    kind = (ANALOGUE if one.analogue else NETWORK) if twice else ""
    name = f"The recorder calls it {clean(one.name, 60)}" if one.name else ""
    model = f"reports a {clean(' '.join(part for part in (one.manufacturer, one.model) if part), 80)}" if one.model else ""
    if model and not name:
        model = f"The recorder {model}"
    said = " and ".join(part for part in (name, model) if part)
    return ". ".join(part for part in (kind, said) if part)


class _Cameras:
    """The cameras of the register that are connected to nothing yet, each of which may be one channel's."""

    def __init__(self, recorder: AssetRow, register: Iterable[AssetRow], knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._by_tail: dict[str, list[AssetRow]] = {}
        self._by_address: dict[str, list[AssetRow]] = {}
        for row in register:
            asset = row.asset
            if asset.id == recorder.asset.id or not asset.in_use or asset.connected_to is not None:
                continue
            if asset.kind not in ("camera", "unknown"):
                continue
            if row.serial:
                self._by_tail.setdefault(plain_serial(row.serial)[-SAME_TAIL:], []).append(row)
            if recorder.network and row.network == recorder.network:
                for address in row.addresses:
                    self._by_address.setdefault(address, []).append(row)
        self._given: set[str] = set()

    def of(self, one: ReportedChannel) -> str | None:
        """The asset id: by a serial number that is its own, else by its address on the recorder's network; once each."""
        if one.analogue:
            return None
        alike: list[AssetRow] = []
        if one.serial and is_usable_serial(one.serial, _NOTHING, self._knowledge):
            tail = plain_serial(one.serial)[-SAME_TAIL:]
            alike = [row for row in self._by_tail.get(tail, ()) if same_serial(row.serial or "", one.serial)]
        alike = alike or self._by_address.get(one.address or "", [])
        found = alike[0].asset.id if len(alike) == 1 else None
        if found is None or found in self._given:
            return None
        self._given.add(found)
        return found


def _without(wanted: list[tuple[int, str, str | None]], held: Sequence[Asset]) -> list[tuple[int, str, str | None]]:
    """What is wanted and not held: first what says which of two it is, then by number."""
    left = list(wanted)
    unclear = []
    for asset in held:
        kind = next((kind for kind in (ANALOGUE, NETWORK) if (asset.notes or "").startswith(kind)), None)
        same = [one for one in left if one[0] == asset.channel and kind is not None and one[1].startswith(kind)]
        if same:
            left.remove(same[0])
        else:
            unclear.append(asset.channel)
    for number in unclear:
        same = [one for one in left if one[0] == number]
        if same:
            left.remove(same[0])
    return left


_NOTHING = Observation(probe="list", address="", at="", raw=b"{}")
