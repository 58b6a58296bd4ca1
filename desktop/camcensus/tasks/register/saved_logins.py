"""Logins that a person wants saved, by device or place: the login in the system's keyring, its entry's random name here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from camcensus.discovery.login import Login
from camcensus.model.asset import Asset
from camcensus.model.errors import StoreError
from camcensus.model.verdict import Verdict
from camcensus.store.edits.settings import set_setting
from camcensus.store.inventory import Inventory
from camcensus.store.keychain import Keychain
from camcensus.tasks.register.verbs import AssetRow

Kind = Literal["device", "place"]
_KEY = "logins"


def save_login(
    inventory: Inventory, keychain: Keychain, login: Login, owner: tuple[Kind, str], *, by: str, now: datetime
) -> Login:
    """Keeps a login for a device or a place (its id), instead of the one kept before. Raises StoreError."""
    before = _entries(inventory).get(":".join(owner))
    entry = keychain.save(login.user, login.password)
    _keep(inventory, {**_entries(inventory), ":".join(owner): entry}, "A login was saved in the keyring.", by, now)
    if before is not None:
        keychain.forget(before)
    return replace(login, id=entry)


def forget_login(inventory: Inventory, keychain: Keychain, owner: tuple[Kind, str], *, by: str, now: datetime) -> bool:
    """Removes the login of a device or a place from the keyring; False where none is kept. Raises StoreError."""
    entries = _entries(inventory)
    entry = entries.pop(":".join(owner), None)
    if entry is None:
        return False
    keychain.forget(entry)
    _keep(inventory, entries, "A login was removed from the keyring.", by, now)
    return True


def forget_logins(inventory: Inventory, keychain: Keychain, assets: Sequence[Asset], *, by: str, now: datetime) -> int:
    """Removes every login that these are read with, also of a place with more in it; gives how many. Raises StoreError."""
    number = 0
    while owners := {owner for asset in assets if (owner := saved_for(inventory, asset)) is not None}:
        for owner in sorted(owners):
            number += forget_login(inventory, keychain, owner, by=by, now=now)
    return number


def saved_for(inventory: Inventory, asset: Asset) -> tuple[Kind, str] | None:
    """Whose login an asset is read with: the device's own, else that of its place or the nearest place around it."""
    entries = _entries(inventory)
    if asset.device is not None and f"device:{asset.device}" in entries:
        return "device", asset.device
    parents = {place.id: place.parent for place in inventory.places()}
    place = asset.place
    for _ in range(len(parents)):
        if place is None:
            return None
        if f"place:{place}" in entries:
            return "place", place
        place = parents.get(place)
    return None


def login_for(inventory: Inventory, keychain: Keychain, asset: Asset) -> Login | None:
    """The login an asset is read with; None where none is kept, or the keyring has it no more. Raises StoreError."""
    owner = saved_for(inventory, asset)
    if owner is None:
        return None
    entry = _entries(inventory)[":".join(owner)]
    found = keychain.load(entry)
    return Login(*found, id=entry) if found else None


def verdicts_of(inventory: Inventory, rows: Sequence[AssetRow]) -> tuple[Verdict, ...]:
    """The verdicts of rows with the newest replies of their devices, as `read_signed_in` needs them."""
    verdicts = {row.asset.device: row.verdict for row in rows if row.verdict is not None and row.asset.device is not None}
    return tuple(
        replace(verdict, device=replace(verdict.device, observations=seen))
        for device, seen in inventory.latest_replies(verdicts)
        for verdict in [verdicts[device]]
    )


def _entries(inventory: Inventory) -> dict[str, str]:
    """Owner ("device:…", "place:…") -> the random name of the entry."""
    try:
        entries = json.loads(inventory.setting(_KEY) or "{}")
    except ValueError as error:
        raise StoreError("The list of kept logins cannot be read; type the logins again.") from error
    return {str(owner): str(entry) for owner, entry in entries.items()} if isinstance(entries, dict) else {}


def _keep(inventory: Inventory, entries: Mapping[str, str], say: str, by: str, now: datetime) -> None:
    inventory.do(set_setting(_KEY, json.dumps(entries, sort_keys=True), say), by=by, now=now)
