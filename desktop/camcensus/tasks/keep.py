"""Keeping what was found or read: a census into the register, a label beside its device."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from camcensus.model.changes import Changes
from camcensus.model.device import Device, Key
from camcensus.model.errors import StoreError
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation
from camcensus.model.words import clean, stamp
from camcensus.store.inventory import Inventory
from camcensus.store.keeping import KeptDevice
from camcensus.tasks.census import Census, judge_device
from camcensus.tasks.judging import outcome, ref_prefix, rejudge, together

__all__ = ["Basis", "keep_census", "outcome", "read_label", "rejudge"]

Basis = Literal["label", "invoice", "supplier-letter", "maker-letter"]


def keep_census(inventory: Inventory, census: Census, knowledge: Knowledge, now: datetime) -> Changes:
    """Reconcile what was found with what is known, and keep it: same devices get the news, new ones a row and a ref.

    `changes.say` names devices that may be one already known. Judging looks at all replies ever kept of a device.
    """
    from camcensus.assessment.listings import listings
    from camcensus.identity.reconcile import reconcile

    known = inventory.device_keys()
    # The inventory keeps findings of all lists, so that switching one on needs no judging; the census may have fewer.
    every_list = frozenset(knowledge.lists)
    verdicts = {
        id(verdict.device): replace(verdict, findings=listings(verdict.attribution, knowledge, every_list))
        for verdict in census.verdicts
    }
    before = inventory.verdicts()
    matches = reconcile([verdict.device for verdict in census.verdicts], known)
    taken = {match.known_id for match in matches if match.state == "same"}

    def may_be(device: Device, known_id: str) -> bool:
        both = (verdicts.get(id(device)), before.get(known_id))
        makers = {verdict.attribution.manufacturer for verdict in both if verdict is not None}
        return _may_be(device, known[known_id], inventory.observations(known_id), makers)

    kept, asked = list[KeptDevice](), list[str]()
    for match in matches:
        device, known_id = match.device, match.known_id if match.state == "same" else None
        if match.state == "ask" or match.key == "addr":
            by_address = match.candidates if match.key == "addr" else ()
            free = [one for one in dict.fromkeys((*_asked_before(device, known), *by_address)) if one not in taken - {known_id}]
            known_id = next((one for one in free if may_be(device, one)), None)
            taken.add(known_id)
            if known_id is None:
                asked.append(clean(device.addresses[0] if device.addresses else str(device.keys[0])))
        verdict = verdicts.get(id(device)) or judge_device(device, knowledge)
        if known_id is not None:
            verdict = judge_device(together(device, inventory.observations(known_id)), knowledge)
        kept.append(
            KeptDevice(
                id=known_id or str(uuid.uuid4()),
                new=known_id is None,
                device=device,
                verdict=verdict,
                outcome=outcome(verdict, knowledge),
                prefix=ref_prefix(verdict),
                matched=match.reason,
            )
        )
    owned = {one.id for entry in kept for one in entry.device.observations}
    loose = [one for one in census.observations if one.id not in owned]
    changes = inventory.keep(census.scan, loose, kept, now)
    if asked:
        say = f"{changes.say} {', '.join(asked)} may be a device you already have; kept as new."
        return replace(changes, say=say)
    return changes


def _asked_before(device: Device, known: dict[str, tuple[Key, ...]]) -> list[str]:
    """Devices kept as new the last time we were unsure: exactly these keys, and no others."""
    keys = {(key.kind, key.value) for key in device.keys}
    return sorted(known_id for known_id, its in known.items() if {(key.kind, key.value) for key in its} == keys)


def _may_be(device: Device, keys: tuple[Key, ...], seen: Sequence[Observation], makers: set[str | None]) -> bool:
    """Whether a device that we are unsure of is taken for a known one. Otherwise one that answers less on a bad day, or shows
    another device id at each start, would count twice.

    It has the same keys, or one of the two never showed a number of its own; and the answers name neither two makers nor,
    asked the same, two models. `keys`, `seen` are what is known of that one, `makers` whom its answers and the new ones name.
    """
    from camcensus.identity.hosts import show_two_models
    from camcensus.identity.reconcile import is_firm

    if is_firm(device.keys) and is_firm(keys) and {str(key) for key in device.keys} != {str(key) for key in keys}:
        return False
    return len(makers - {None}) <= 1 and not show_two_models(device.observations, seen)


def read_label(
    inventory: Inventory,
    asset_id: str,
    knowledge: Knowledge,
    *,
    basis: Basis,
    who: str,
    now: datetime,
    brand: str | None = None,
    model: str | None = None,
    manufacturer: str | None = None,
) -> Changes:
    """Keep what a person read (label, invoice, letter) as an observation, and judge the device again.

    A label or an invoice speaks of brand and model; the maker stays what the device's answers give unless a letter names it.
    Raises StoreError for a row with no device.
    """
    from camcensus.wire.read import read

    asset = next((entry for entry in inventory.assets() if entry.id == asset_id), None)
    if asset is None or asset.device is None:
        raise StoreError("This row was typed by hand and has no answers to compare a label with; note it under Purpose.")
    before = inventory.observations(asset.device)
    last = before[-1] if before else None
    content = {
        "basis": basis,
        "brand": brand,
        "model": model,
        "manufacturer": manufacturer,
        "who": who,
        "when": stamp(now)[:10],
    }
    raw = json.dumps({key: value for key, value in content.items() if value}, ensure_ascii=False).encode()
    observation = Observation(
        probe="person", address=last.address if last else "", network=last.network if last else None, at=stamp(now), raw=raw,
        reading=read("person", None, raw),
    )  # fmt: skip
    what = {"label": "the label", "invoice": "an invoice", "supplier-letter": "a supplier’s letter"}.get(
        basis, "a maker’s letter"
    )
    changes = inventory.add_observation(asset.device, observation, f"{clean(who, 60)} read {what} of {asset.ref}.", who, now)
    after = rejudge(inventory, knowledge, now, devices=[asset.device])
    return replace(after, say=changes.say)
