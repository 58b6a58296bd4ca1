"""Keeping what was found: a census into the register."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from camcensus.model.changes import Changes
from camcensus.model.device import Device, Key
from camcensus.model.knowledge import Knowledge
from camcensus.model.observation import Observation
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.store.keeping import KeptDevice
from camcensus.tasks.census import Census, judge_device
from camcensus.tasks.judging import outcome, ref_prefix, rejudge, together

__all__ = ["keep_census", "outcome", "ref_prefix", "rejudge"]


def keep_census(inventory: Inventory, census: Census, knowledge: Knowledge, now: datetime) -> Changes:
    """Reconcile what was found with what is known, and keep it: same devices get the news, new ones a row and a ref.

    `changes.say` names devices that may be one already known; they are kept as new and staff are asked.
    Judging looks at all replies ever kept of a device.
    """
    from camcensus.assessment.listings import listings
    from camcensus.identity.settle import settle

    known = inventory.device_keys()
    # The inventory keeps findings of all lists, so that switching one on needs no judging; the census may have fewer.
    every_list = frozenset(knowledge.lists)
    verdicts = {
        id(verdict.device): replace(verdict, findings=listings(verdict.attribution, knowledge, every_list))
        for verdict in census.verdicts
    }
    before = inventory.answers()

    def agree(device: Device, known_id: str) -> bool:
        verdict, answer = verdicts.get(id(device)), before.get(known_id)
        makers = {verdict.attribution.manufacturer if verdict else None, answer.manufacturer if answer else None}
        return _may_be(device, known[known_id], inventory.observations(known_id), makers)

    kept, asked = list[KeptDevice](), list[str]()
    for one in settle([verdict.device for verdict in census.verdicts], known, knowledge, agree):
        device = one.device
        if one.asked:
            asked.append(clean(device.addresses[0] if device.addresses else str(device.keys[0])))
        verdict = verdicts.get(id(device)) or judge_device(device, knowledge)
        seen = verdict.description
        if one.known_id is not None:
            verdict = judge_device(together(device, inventory.observations(one.known_id)), knowledge)
        kept.append(
            KeptDevice(
                id=one.known_id or str(uuid.uuid4()),
                new=one.known_id is None,
                device=device,
                verdict=verdict,
                outcome=outcome(verdict, knowledge),
                prefix=ref_prefix(verdict),
                matched=one.reason,
                firmware=seen.firmware,
                model=seen.model,
                doubt=(one.doubt, one.reason) if one.doubt is not None else None,
            )
        )
    owned = {one.id for entry in kept for one in entry.device.observations}
    loose = [one for one in census.observations if one.id not in owned]
    changes = inventory.keep(census.scan, loose, kept, now)
    if asked:
        say = f"{changes.say} {', '.join(asked)} may be a device you already have; kept as new."
        return replace(changes, say=say)
    return changes


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
