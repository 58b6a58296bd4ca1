"""How far places are with devices of listed makers: what staff said, else what the register tells, if it does."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from camcensus.model.asset import Asset, Place, Progress
from camcensus.model.device import NAMED_GRADES
from camcensus.store.exchange_file.schema import row_of
from camcensus.tasks.share.devices import DeviceAnswer, Row

_DEVICES = ("camera", "recorder", "encoder", "intercom", "unknown")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_GOING = ("replace", "remove")


def progress_rows(
    places: Sequence[Place],
    assets: Sequence[Asset],
    told: Mapping[str, DeviceAnswer],
    removed: Mapping[str, str],
    now: datetime,
) -> Iterator[Row]:
    """A row for each site, each place marked as sensitive and each of which staff said it, as far as it can be told.

    "disconnected" is only ever a person's word: that a device was decided to be kept apart is not that it is.
    """
    parents = {one.id: one.parent for one in places}
    within: defaultdict[str, list[Asset]] = defaultdict(list)
    for asset in assets:
        at: str | None = asset.place if asset.kind in _DEVICES else None
        while at is not None:
            within[at].append(asset)
            at = parents.get(at)
    today = now.date().isoformat()
    for place in places:
        if place.parent is not None and not place.sensitive and place.progress is None:
            continue
        here = [one for one in within[place.id] if one.in_use]
        listed = [one for one in here if _is_listed(one, told)]
        gone = [one for one in within[place.id] if one.status == "removed" and _is_listed(one, told)]
        not_known = sum(not _is_known(one, told) for one in here)
        found = (place.progress, place.progress_on or today) if place.progress else _told(listed, gone, removed, today)
        if not listed and not place.progress and (not_known or not (here or gone)):
            continue  # what nobody knows may be by a listed maker
        basis = "staff" if place.progress else "computed"
        day = found[1][:10] if _DAY.match(found[1]) else today
        counted = {"listed_now": len(listed), "listed_gone": len(gone), "not_known": not_known}
        yield row_of("place_progress", counted, place=place.id, progress=found[0], on_date=day, basis=basis)


def _told(listed: Sequence[Asset], gone: Sequence[Asset], removed: Mapping[str, str], today: str) -> tuple[Progress, str]:
    if listed:
        decisions = [one.decision for one in listed if one.decision is not None and one.decision.what in _GOING]
        if len(decisions) == len(listed):
            return "planned", max(one.at for one in decisions)
        return "has", max((one.last_seen for one in listed if one.last_seen), default=today)
    if gone:
        return "replaced", max(removed.get(one.id, one.last_seen or today) for one in gone)
    return "never-had", today


def _is_listed(asset: Asset, told: Mapping[str, DeviceAnswer]) -> bool:
    known = told.get(asset.device or "")
    return known is not None and bool(known.lists)


def _is_known(asset: Asset, told: Mapping[str, DeviceAnswer]) -> bool:
    known = told.get(asset.device or "")
    return known is not None and known.grade in NAMED_GRADES
