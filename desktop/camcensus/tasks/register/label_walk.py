"""Which camera a photo is of by time and place: taken on a walk between two photos whose labels are sure.

It is only ever offered. Times are the cameras' own: those of files are of the day on which they were copied.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median

from camcensus.intake.label_codes import plain_value
from camcensus.model.errors import IntakeError
from camcensus.model.ordering import natural, natural_path
from camcensus.model.words import clean, count
from camcensus.tasks.register.label_fit import MAY_BE_TWO, SURE, LabelFit, LabelPhoto
from camcensus.tasks.register.photo_files import PhotoFile, in_order, when_taken
from camcensus.tasks.register.rows import AssetRow

SAME_CAMERA_S = 20.0
"""Photos of one camera follow each other within this, or within a third of what the way to the next camera takes."""
WALK_MOST_S = 30 * 60.0
"""Photos that are further apart than this are of no one walk."""
LOOK = "Look before you give it."


@dataclass(slots=True)
class _Gap:
    """Visits to cameras whose labels say nothing sure, between two sure photos; either may be None at the ends of a walk."""

    before: AssetRow | None
    after: AssetRow | None
    visits: list[list[PhotoFile]]


def fit_by_walk(photos: Sequence[PhotoFile], fits: Mapping[Path, LabelFit], rows: Sequence[AssetRow]) -> dict[Path, LabelFit]:
    """Offers for photos that no label fits. `fits` is what labels gave, `rows` are those that photos may be given to."""
    walk = sorted(rows, key=_on_sheet)
    of = {row.asset.id: row for row in walk}
    taken = {fit.asset for fit in fits.values() if fit.asset} | {row.asset.id for row in walk if row.asset.photos}
    timed = [one for one in in_order(photos) if one.by_camera]
    pace_s = _pace_s(timed, fits)
    found: dict[Path, LabelFit] = {}
    gaps = _gaps(timed, fits, of, pace_s, found)
    mixed = _mixed([of[asset] for one in timed if (asset := _sure(one, fits)) in of])
    while gaps:
        left = []
        for gap in gaps:
            free = [row for row in _near(gap, walk) if row.asset.id not in taken]
            chosen = _chosen(gap, free, fits, mixed)
            for visit, row in chosen:
                taken.add(row.asset.id)
                for photo in visit:
                    found[photo.path] = _offer(fits.get(photo.path, LabelFit()), row, _why(gap, row, len(gap.visits)))
            if not chosen:
                left.append(gap)
        if len(left) == len(gaps):
            return found
        gaps = left
    return found


def walked(seen: Sequence[LabelPhoto], rows: Sequence[AssetRow]) -> list[LabelPhoto]:
    """The same photos, those that no label fits with what their time and place say."""
    photos = []
    for one in seen:
        with contextlib.suppress(IntakeError):
            photos.append(when_taken(one.path))
    found = fit_by_walk(photos, {one.path: one.fit for one in seen}, rows)
    return [replace(one, fit=found.get(one.path, one.fit)) for one in seen]


def _mixed(sure: Sequence[AssetRow]) -> set[tuple[str, ...]]:
    """The places whose sure photos were taken in another order than the sheet's, up or down: order says nothing there."""
    orders: dict[tuple[str, ...], list[str]] = {}
    for row in sure:
        orders.setdefault(row.asset.place_path, []).append(natural(row.asset.ref))
    return {place for place, refs in orders.items() if refs not in (sorted(refs), sorted(refs, reverse=True))}


def _sure(photo: PhotoFile, fits: Mapping[Path, LabelFit]) -> str | None:
    fit = fits.get(photo.path)
    return fit.asset if fit is not None and fit.by in SURE else None


def _seconds(before: PhotoFile, after: PhotoFile) -> float:
    return (datetime.fromisoformat(after.taken) - datetime.fromisoformat(before.taken)).total_seconds()


def _pace_s(timed: Sequence[PhotoFile], fits: Mapping[Path, LabelFit]) -> float:
    """Below this, two photos are of one camera."""
    ways = [
        _seconds(a, b) for a, b in pairwise(timed) if (one := _sure(a, fits)) and (other := _sure(b, fits)) and one != other
    ]
    return min(SAME_CAMERA_S, median(ways) / 3) if ways else SAME_CAMERA_S


def _gaps(
    timed: Sequence[PhotoFile],
    fits: Mapping[Path, LabelFit],
    of: Mapping[str, AssetRow],
    same_s: float,
    found: dict[Path, LabelFit],
) -> list[_Gap]:
    """The gaps between sure photos. A photo right beside a sure one is of the same camera, which goes into `found`."""
    gaps, now, before = [_Gap(None, None, [])], None, None
    for at, photo in enumerate(timed):
        asset = _sure(photo, fits)
        if before is not None and _seconds(before, photo) > WALK_MOST_S:
            gaps.append(_Gap(None, None, []))
            now = None
        if asset is not None and asset in of:
            gaps[-1].after = now = of[asset]
            gaps.append(_Gap(now, None, []))
        elif (fit := fits.get(photo.path, LabelFit())).asset is None and (fit.hint is not None or not fit.readings):
            beside = _beside(timed, at, fits, same_s)
            if beside is not None and beside[0] in of and not fit.readings:
                row = of[beside[0]]
                why = f"Taken {count(round(beside[1]), 'second')} from the photo of the label of {clean(row.asset.ref, 20)}."
                found[photo.path] = _offer(fit, row, why)
            elif before is not None and gaps[-1].visits and before in gaps[-1].visits[-1] and _seconds(before, photo) <= same_s:
                gaps[-1].visits[-1].append(photo)
            else:
                gaps[-1].visits.append([photo])
        before = photo
    return [gap for gap in gaps if gap.visits and (gap.before or gap.after)]


def _beside(timed: Sequence[PhotoFile], at: int, fits: Mapping[Path, LabelFit], same_s: float) -> tuple[str, float] | None:
    """The camera of the sure photo right before or after, the nearer one, and the seconds to it."""
    near = [
        (_seconds(timed[min(at, other)], timed[max(at, other)]), asset)
        for other in (at - 1, at + 1)
        if 0 <= other < len(timed) and (asset := _sure(timed[other], fits))
    ]
    seconds, asset = min(near, default=(same_s + 1, ""))
    return (asset, seconds) if seconds <= same_s else None


def _near(gap: _Gap, walk: Sequence[AssetRow]) -> list[AssetRow]:
    """The cameras where the walk was: in the rooms of both sure photos, and between these in the order of the sheet.

    With no rooms in the register only that order is left.
    """
    ends = [row for row in (gap.before, gap.after) if row is not None]
    places = {row.asset.place_path for row in ends if row.asset.place_path}
    inside: list[AssetRow] = []
    if len(ends) == 2 and (not places or ends[0].asset.place_path != ends[1].asset.place_path):
        first, last = sorted(walk.index(row) for row in ends)
        inside = list(walk[first + 1 : last])
    return [row for row in walk if row.asset.place_path in places or row in inside]


def _chosen(
    gap: _Gap, free: Sequence[AssetRow], fits: Mapping[Path, LabelFit], mixed: set[tuple[str, ...]]
) -> list[tuple[list[PhotoFile], AssetRow]]:
    """Each visit with its camera, where there are as many cameras as visits, or where what was read leaves one."""
    fitting = [[row for row in free if all(_agrees(fits.get(one.path), row) for one in visit)] for visit in gap.visits]
    if len(gap.visits) == len(free) and (len(free) == 1 or not any(row.asset.place_path in mixed for row in free)):
        order = list(free)
        if gap.before is not None and gap.after is not None and _on_sheet(gap.before) > _on_sheet(gap.after):
            order.reverse()
        if all(row in rows for row, rows in zip(order, fitting, strict=True)):
            return list(zip(gap.visits, order, strict=True))
    if len(gap.visits) < len(free) or len(gap.visits) == 1:
        alone = [(visit, rows[0]) for visit, rows in zip(gap.visits, fitting, strict=True) if len(rows) == 1]
        if len({row.asset.id for _, row in alone}) == len(alone) == len(gap.visits):
            return alone
    return []


def _agrees(fit: LabelFit | None, row: AssetRow) -> bool:
    """Whether nothing that was read speaks against a camera."""
    reading = fit.hint if fit is not None else None
    if reading is None:
        return True
    pairs = ((reading.mac, row.mac), (reading.serial, row.serial), (reading.model, row.model))
    return all(not said or not held or plain_value(said) == plain_value(held) for said, held in pairs)


def _on_sheet(row: AssetRow) -> tuple[object, ...]:
    """Where it is in the order of the sheet."""
    return natural_path(row.asset.place_path), natural(row.asset.ref)


def _why(gap: _Gap, row: AssetRow, visits: int) -> str:
    ends = [clean(one.asset.ref, 20) for one in (gap.before, gap.after) if one is not None]
    when = (
        f"Taken between {ends[0]} and {ends[1]}" if len(ends) == 2 else f"Taken {'after' if gap.before else 'before'} {ends[0]}"
    )
    ref = clean(row.asset.ref, 20)
    if visits == 1:
        return f"{when}, where only {ref} has no photo yet."
    return f"{when}, where {visits} cameras have no photo yet; by its order it is {ref}."


def _offer(fit: LabelFit, row: AssetRow, why: str) -> LabelFit:
    said = f"{why} {LOOK}"
    if fit.hint is not None:
        said = f"The label says: {fit.hint.said}.{'' if fit.reading else MAY_BE_TWO} {said}"
    return replace(fit, asset=row.asset.id, by="time and place", said=said)
