"""Two rows that are one thing, one row that is two, and possible duplicates that a person is asked about."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from camcensus.model.asset import DECISION_WORDS, Asset, DecisionWhat
from camcensus.model.device import Device, Key
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation
from camcensus.model.tags import FIELDS, in_words
from camcensus.model.words import KIND_WORDS, clean, count, long_date
from camcensus.store.contents import Contents
from camcensus.store.differences import Wins
from camcensus.store.edits import merging
from camcensus.store.edits.by_hand import NewDevice
from camcensus.store.inventory import Inventory
from camcensus.store.pen import Pen, edit

_TITLES = {
    "place": "Location", "tags": "Tags", "pin_place": "Pin on a plan", "kind": "What it is", "decision": "Decision",
    "confirmed_at": "Confirmed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class MergeFact:
    """A fact that differs: its title, what each row says in words ("" for nothing), and which of them is kept."""

    field: str
    title: str
    keep: str
    absorb: str
    wins: Wins


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do: the row that stays, the one that goes, what differs, and what moves, in one sentence."""

    keep: Asset
    absorb: Asset
    facts: tuple[MergeFact, ...]
    moves: str


@dataclass(frozen=True, slots=True)
class DevicePart:
    """What of a device may be a device of its own: its keys and addresses, and the ids of the observations that show it."""

    keys: tuple[Key, ...]
    addresses: tuple[str, ...]
    observations: tuple[str, ...]
    say: str


def merge_preview(inventory: Inventory, keep: str, absorb: str) -> MergePreview:
    """What merging the row `absorb` into `keep` would do. Writes nothing. Raises StoreError where one is not there."""
    found = {asset.id: asset for asset in inventory.assets([keep, absorb])}
    if keep == absorb or len(found) != 2:
        raise StoreError("Choose two rows that are both in the list.")
    one, two = found[keep], found[absorb]
    facts = tuple(
        MergeFact(
            fact.column,
            _TITLES.get(fact.column) or FIELDS[fact.column].title,
            _words(inventory, one, fact.column, fact.keep),
            _words(inventory, two, fact.column, fact.absorb),
            fact.wins,
        )
        for fact in inventory.differences(keep, absorb)
    )
    replies = len(inventory.observations(two.device)) if two.device else 0
    moved = [count(replies, "observation")] if replies else []
    moved += [count(two.photos, "photo")] if two.photos else []
    hanging = sum(asset.connected_to == absorb for asset in inventory.assets())
    moved += [f"{count(hanging, 'row')} connected to it"] if hanging else []
    say = f"{' and '.join(moved)} of {two.ref} will move to {one.ref}." if moved else f"{two.ref} will go."
    return MergePreview(one, two, facts, say)


def parts(inventory: Inventory, knowledge: Knowledge, asset_id: str) -> tuple[DevicePart, ...]:
    """What a row's observations show, device by device, as if seen for the first time; one part where it looks like one thing.

    Observations with no address, a person's readings among them, belong to the largest part.
    """
    device = _device_of(inventory, asset_id)
    seen = inventory.observations(device)
    found = sorted(_grouped(seen, knowledge), key=lambda part: (-len(part.observations), part.keys))
    return tuple(_part(one) for one in found)


@edit("split", failed="The row was not split")
def split(pen: Pen, knowledge: Knowledge, asset_id: str, moved: Iterable[str]) -> str:
    """What was seen in the observations `moved` (their ids) is another device, with a row of its own.

    Raises StoreError where that would leave one of them with nothing.
    """
    device, wanted = _device_of(pen.inventory, asset_id), set(moved)
    seen = pen.inventory.observations(device)
    gone = [one for one in seen if one.id in wanted]
    left = [one for one in seen if one.id not in wanted]
    if not gone or not left:
        raise StoreError("Choose some of what was seen, not all and not nothing; the rest stays with this row.")
    new, rest = _one_device(gone, knowledge), _one_device(left, knowledge)
    taken = NewDevice(
        id=str(uuid.uuid4()), observations=tuple(gone), keys=new.keys, addresses=new.addresses, network=new.network, mac=new.mac
    )
    return merging.split(pen, asset_id, [one.id for one in gone], taken, rest)


def _device_of(inventory: Contents, asset_id: str) -> str:
    asset = next(iter(inventory.assets([asset_id])), None)
    if asset is None or asset.device is None:
        raise StoreError("Nothing was seen of this row, so there is nothing to split.")
    return asset.device


def _grouped(seen: Sequence[Observation], knowledge: Knowledge) -> list[Device]:
    """The devices that observations show; those that name no host go with the one that has most."""
    from camcensus.identity.group import group

    placed = [one for one in seen if one.address or one.mac]
    if not placed:
        return [Device((), (), None, None, tuple(seen))]
    found = sorted(group(placed, knowledge), key=lambda device: (-len(device.observations), device.keys))
    loose = tuple(one for one in seen if not one.address and not one.mac)
    first = found[0]
    whole = Device(first.keys, first.addresses, first.network, first.mac, (*first.observations, *loose))
    return [whole, *found[1:]]


def _one_device(seen: Sequence[Observation], knowledge: Knowledge) -> Device:
    """All of these as one device: the keys of every part, the best first."""
    found = _grouped(seen, knowledge)
    keys = sorted({key for part in found for key in part.keys}, key=lambda key: (key.trust == "weak", str(key)))
    newest = max(found, key=lambda part: max(one.at for one in part.observations))
    addresses = tuple(dict.fromkeys(address for part in found for address in part.addresses))
    return Device(tuple(keys), addresses, newest.network, newest.mac, tuple(seen))


def _part(device: Device) -> DevicePart:
    seen = sorted(device.observations, key=lambda one: (one.at, one.id))
    where = clean(device.addresses[0]) if device.addresses else "No address"
    number = f", MAC address {device.mac}" if device.mac else ""
    say = f"{where}{number}: {count(len(seen), 'observation')}, the last on {long_date(seen[-1].at)}."
    return DevicePart(device.keys, device.addresses, tuple(one.id for one in seen), say)


def _words(inventory: Inventory, asset: Asset, column: str, value: str | int | None) -> str:
    """What a row says, for a person."""
    if value in (None, ""):
        return ""
    said: dict[str, str | None] = {
        "place": " › ".join(asset.place_path),
        "seller": asset.seller_name,
        "maintainer": asset.maintainer_name,
        "connected_to": f"{asset.connected_ref}, channel {asset.channel}" if asset.channel is not None else asset.connected_ref,
        "kind": KIND_WORDS[asset.kind],
        "confirmed_at": asset.confirmed_by,
    }
    if column == "decision":
        what: DecisionWhat = asset.decision.what if asset.decision else "keep"
        return DECISION_WORDS[what].removesuffix(", review on…")
    if column == "pin_place":
        name = next((place.name for place in inventory.places() if place.id == value), "")
        return clean(name, 60)
    if column in said:
        return clean(said[column] or "", 200)
    return clean(in_words(FIELDS[column], value) if column in FIELDS else str(value), 300)
