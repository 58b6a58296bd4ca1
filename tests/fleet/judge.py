"""Holds what a search says against what is true of the fleet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from camcensus.model.device import COUNTED_KINDS, DOOR_KINDS, may_be_camera
from fleet.catalogue import COUNTED, Unit

SURE = ("confirmed", "almost-certain")


@dataclass(frozen=True, slots=True)
class Score:
    """How a search did. Names are those of units; `expected` are those that this reach can find."""

    expected: int
    found: int
    missed: tuple[str, ...]
    unsorted: tuple[str, ...]
    """Counted as what may be a camera, because of its maker, and not said to be a camera, a recorder or the like."""
    lost: tuple[str, ...]
    """In the list, and not counted."""
    wrong_kind: tuple[str, ...]
    decoys: tuple[str, ...]
    strangers: tuple[str, ...]
    """Counted rows at addresses where nothing is."""
    phantoms: int
    """All rows at addresses where nothing is."""
    doubled: tuple[str, ...]
    merged: tuple[str, ...]
    told: int
    right: int
    unnamed: tuple[str, ...]
    wrong: tuple[str, ...]
    wrong_certain: tuple[str, ...]
    others_wrong_kind: tuple[str, ...] = ()
    """Not to be counted, in the list, and called something else than what it is or "other"."""
    full_signs: tuple[tuple[str, bool], ...] = ()
    """Of those whose maker is right and shown by strong signs in three languages or more: the maker, whether almost certain."""

    @property
    def kinds_right(self) -> int:
        """How many of those found are called what they are; "camera or recorder" is right for either."""
        return self.found - len(self.unsorted) - len(self.lost) - len(self.wrong_kind)

    @property
    def share_right(self) -> float:
        """Of those whose answers tell their maker, how many have it right."""
        return self.right / self.told if self.told else 1.0


EITHER = "camera-or-recorder"


def judge(units: Iterable[Unit], rows: Sequence[Mapping[str, Any]], *, swept: bool, beyond: bool = False) -> Score:
    """Scores the `devices` of `scan --json`. Without a sweep, what only a sweep finds is not expected.

    `beyond` is a search from behind a router: what cannot be found from there is not expected, and of what cannot be told from
    there "may be a camera" is right.
    """
    units = tuple(units)
    by_address = {address: one for one in units for address in (one.device.address, one.also) if address}
    on: dict[str, list[Mapping[str, Any]]] = {}
    merged, decoys, strangers, others = [], [], [], []
    phantoms = 0
    for row in rows:
        here = {by_address[address].device.id: by_address[address] for address in row["addresses"] if address in by_address}
        if len(here) > 1:
            merged.append(" + ".join(sorted(here)))
        for name, one in here.items():
            on.setdefault(name, []).append(row)
            open_kind = beyond and not one.kind_told_beyond and row["kind"] in (EITHER, "unknown")
            if one.device.truth.kind not in COUNTED and not open_kind:
                if row["kind"] not in DOOR_KINDS and _is_counted(row):
                    decoys.append(name)
                if row["kind"] not in (*one.kinds, "other", "unknown"):
                    others.append(f"{name}: {one.device.truth.kind} as {row['kind']}")
        phantoms += not here and bool(row["addresses"])
        if not here and _is_counted(row):
            strangers.append(", ".join(row["addresses"]))
    expected = [one for one in units if one.counts and (swept or one.found == "ask") and (one.found_beyond or not beyond)]
    told = right = found = 0
    full: list[tuple[str, bool]] = []
    missed, unsorted, lost, wrong_kind, unnamed, wrong, certain = [], [], [], [], [], [], []
    for one in expected:
        name, truth = one.device.id, one.device.truth
        mine = [row for row in on.get(name, []) if row["kind"] != "other"]
        if not mine:
            missed.append(name)
            continue
        found += 1
        kinds = {row["kind"] for row in mine}
        if beyond and not one.kind_told_beyond and kinds <= {EITHER, "unknown"}:
            pass
        elif not kinds & {*COUNTED, EITHER, *one.kinds} and not any(map(_is_counted, mine)):
            lost.append(name)
        elif not kinds & {*COUNTED, EITHER, *one.kinds}:
            unsorted.append(name)
        elif not kinds & set(one.kinds) and not (kinds == {EITHER} and truth.kind in ("camera", "recorder", "encoder")):
            wrong_kind.append(f"{name}: {truth.kind} as {', '.join(sorted(kinds))}")
        makers = Counter((row["manufacturer"], row["grade"]) for row in mine)
        said = {maker for maker, _ in makers}
        can_tell = one.told_beyond if beyond else one.told
        told += can_tell
        if can_tell and said == {truth.manufacturer}:
            right += 1
            full += [(truth.manufacturer, row["grade"] in SURE) for row in mine if truth.manufacturer and _shows_much(row)]
        elif can_tell and said <= {None}:
            unnamed.append(f"{name}: {'/'.join(sorted({grade for _, grade in makers}))}")
        elif said - {None, truth.manufacturer}:
            wrong.append(f"{name}: {truth.manufacturer} as {', '.join(sorted(filter(None, said)))}")
        if any(maker not in (None, truth.manufacturer) and grade in SURE for maker, grade in makers):
            certain.append(name)
    doubled = [name for name, rows_of in on.items() if len(rows_of) > 1]
    return Score(
        len(expected), found, tuple(missed), tuple(unsorted), tuple(lost), tuple(wrong_kind), tuple(decoys), tuple(strangers), phantoms,
        tuple(doubled),
        tuple(merged), told, right, tuple(unnamed), tuple(wrong), tuple(certain),
        tuple(others), tuple(full),
    )  # fmt: skip


def _shows_much(row: Mapping[str, Any]) -> bool:
    """Whether strong signs of its maker are in the answers of three languages or more (the neighbour table is one)."""
    signs = [one for one in row["evidence"] if one["role"] in ("manufacturer", "brand") and one["strength"] != "weak"]
    return len({"onvif" if one["probe"].startswith(("wsd", "onvif")) else one["probe"] for one in signs}) >= FULL


FULL = 3


def _is_counted(row: Mapping[str, Any]) -> bool:
    """Whether the census counts a row: for certain, as what may be a camera, or as a door station."""
    return row["kind"] == "intercom" or row["kind"] in COUNTED_KINDS or may_be_camera(row["kind"])
