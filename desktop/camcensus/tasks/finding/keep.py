"""Keeping what was found: a census into the register."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from camcensus.model.changes import Changes
from camcensus.model.device import Device, Key, Observation, Verdict
from camcensus.model.errors import need_room
from camcensus.model.knowledge import Knowledge
from camcensus.model.words import clean
from camcensus.store.inventory import Inventory
from camcensus.store.keeping import SavedDevice
from camcensus.tasks.finding.census import Census, judge_device
from camcensus.tasks.finding.judging import judge_known, outcome, ref_prefix
from camcensus.tasks.knowledge.own_knowledge import with_own_brands
from camcensus.tasks.progress import collector_paused

if TYPE_CHECKING:
    from camcensus.identity.settle import Settled


REPLY_BYTES = 2_000
"""What a reply takes beside its raw bytes, which are written twice: into the log, then into the file."""


def save_census(inventory: Inventory, census: Census, knowledge: Knowledge, now: datetime) -> Changes:
    """Reconcile what was found with what is known, and keep it: same devices get the news, new ones a row and a ref.

    `changes.say` names devices that may be one already known; they are kept as new and staff are asked.
    Judging looks at the replies that tell (`Inventory.latest_replies`), so it takes no longer for a device known for years.
    """
    with collector_paused():
        return _keep(inventory, census, knowledge, now)


def _keep(inventory: Inventory, census: Census, knowledge: Knowledge, now: datetime) -> Changes:
    from camcensus.identity.settle import settle

    known = inventory.device_keys()
    verdicts = {id(verdict.device): verdict for verdict in census.verdicts}
    before = inventory.answers()

    def agree(device: Device, known_id: str) -> bool:
        verdict, answer = verdicts.get(id(device)), before.get(known_id)
        makers = {verdict.attribution.manufacturer if verdict else None, answer.manufacturer if answer else None}
        if verdict and answer and answer.network is None and _are_two_models(verdict.description.model, answer.model):
            return False  # a list has another model at this address
        ((_, seen),) = inventory.latest_replies([known_id])
        return _may_be(device, known[known_id], seen, makers)

    settled = settle([verdict.device for verdict in census.verdicts], known, knowledge, agree)
    own = with_own_brands(inventory, knowledge)
    again = _reassessed(inventory, settled, census.scan.id, own)
    kept, asked = list[SavedDevice](), list[str]()
    for one in settled:
        device = one.device
        if one.asked:
            asked.append(clean(device.addresses[0] if device.addresses else str(device.keys[0])))
        seen = (verdicts.get(id(device)) if own is knowledge else None) or judge_device(device, own)
        verdict = again[one.known_id] if one.known_id is not None else _with_every_list(seen, knowledge)
        kept.append(
            SavedDevice(
                id=one.known_id or str(uuid.uuid4()),
                new=one.known_id is None,
                device=device,
                verdict=verdict,
                outcome=outcome(verdict, knowledge),
                prefix=ref_prefix(verdict),
                matched=one.reason,
                firmware=seen.description.firmware,
                model=seen.description.model,
                doubt=(one.doubt, one.reason) if one.doubt is not None else None,
            )
        )
    owned = {one.id for entry in kept for one in entry.device.observations}
    loose = [one for one in census.observations if one.id not in owned]
    need_room(inventory.path, sum(REPLY_BYTES + 2 * len(one.raw) for one in census.observations))
    changes = inventory.keep(census.scan, loose, kept, now)
    if asked:
        say = f"{changes.say} {', '.join(asked)} may be a device you already have; kept as new."
        return replace(changes, say=say)
    return changes


def _are_two_models(seen: str | None, listed: str | None) -> bool:
    """Whether a list's model is another than the one that a device shows; what stands before or behind it says nothing."""
    one, two = ("".join(filter(str.isalnum, text or "")).casefold() for text in (seen, listed))
    return bool(one and two) and one not in two and two not in one


def _reassessed(inventory: Inventory, settled: Iterable[Settled], scan: str, knowledge: Knowledge) -> dict[str, Verdict]:
    """The answers for the devices known already, from what told before and what `scan` saw."""
    now = {one.known_id: one.device for one in settled if one.known_id is not None}
    held = inventory.held(now)
    news = {device_id: device.observations for device_id, device in now.items()}
    # What it was known by counts on a day on which it shows less, as it does where it is re-checked from what is kept.
    whole = {
        device_id: replace(device, keys=tuple(dict.fromkeys((*device.keys, *held[device_id].device.keys))))
        for device_id, device in now.items()
    }
    return {
        device_id: judge_known(whole[device_id], latest_replies, held[device_id].first_seen, knowledge)
        for device_id, latest_replies in inventory.latest_replies(now, news, scan)
    }


def _with_every_list(verdict: Verdict, knowledge: Knowledge) -> Verdict:
    """The inventory keeps findings of all lists, so that switching one on needs no judging; a census may have fewer."""
    from camcensus.assessment.listings import listings, seat

    every, who = frozenset(knowledge.lists), verdict.attribution
    return replace(verdict, findings=listings(who, knowledge, every), seat=seat(who, knowledge, every))


def _may_be(device: Device, keys: tuple[Key, ...], seen: Sequence[Observation], makers: set[str | None]) -> bool:
    """Whether a device that we are unsure of is taken for a known one. Otherwise one that answers less on a bad day, or shows
    another device id at each start, would count twice.

    It has the same keys, or one of the two never showed a number of its own, and does not show one that software made up
    where the other has a card's own; and the answers name neither two makers nor,
    asked the same, two models. `keys`, `seen` are what is known of that one, `makers` whom its answers and the new ones name.
    """
    from camcensus.identity.hosts import show_two_models
    from camcensus.identity.reconcile import hides_another, is_firm

    if hides_another(device.keys, keys):
        return False
    if is_firm(device.keys) and is_firm(keys) and {str(key) for key in device.keys} != {str(key) for key in keys}:
        return False
    return len(makers - {None}) <= 1 and not show_two_models(device.observations, seen)
