"""Registers out of a random number, with every doubt that a count can lose: likely and disagreeing signs, several sites, what is
gone, what may be a camera, channels that nobody confirmed, decisions, and makers that are listed, read by us, or neither."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import samples
from camcensus.assessment.listings import listings, seat
from camcensus.model.asset import Asset, Decision, DecisionWhat, KnownBy
from camcensus.model.device import Attribution, CareFinding, DeviceKind, Grade
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanRecord
from camcensus.store.edits import placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.rows import AssetRow, row_of

MAKERS = ("hikvision", "dahua", "uniview", "tvt", "tiandy", "axis", "hanwha", "bosch")
KINDS: tuple[DeviceKind, ...] = ("camera", "recorder", "unknown", "encoder", "intercom", "software", "other")
_GRADES: tuple[Grade, ...] = ("confirmed", "almost-certain", "likely", "possible", "conflicting", "unknown")
_PLACES = (
    ("Elm Park", "Main block", "Ground", "Hall"), ("Elm Park", "Main block", "First", "Hall"), ("Elm Park", "Gates"),
    ("Oak Lane", "Annexe", "Ground", "Stage"), ("Oak Lane",), (),
)  # fmt: skip


def estate(seed: int, knowledge: Knowledge, enabled: frozenset[str]) -> list[AssetRow]:
    """The register of that number: none to 40 rows; each fifth has a single row or none."""
    dice = random.Random(seed)
    makers = dice.sample([one for one in MAKERS if one in knowledge.manufacturers], dice.randint(1, 6))
    places = dice.sample(_PLACES, dice.randint(1, len(_PLACES)))
    weights = [dice.choice((0, 1, 1, 3)) for _ in _GRADES[:-1]] + [1]
    size = dice.choice((0, 1)) if seed % 5 == 0 else dice.randint(2, 40)
    return [_row(dice, number, knowledge, enabled, makers, places, weights) for number in range(1, size + 1)]


def _row(
    dice: random.Random,
    number: int,
    knowledge: Knowledge,
    enabled: frozenset[str],
    makers: Sequence[str],
    places: Sequence[tuple[str, ...]],
    weights: Sequence[int],
) -> AssetRow:
    kind = dice.choices(KINDS, (20, 4, 3, 1, 1, 1, 2))[0]
    asset = Asset(
        id=f"a-{number}",
        ref=f"{'CAM' if kind == 'camera' else 'DEV'}-{number:03d}",
        kind=kind,
        device=f"d-{number}",
        place_path=dice.choice(places),
        status=dice.choices(("present", "not-seen", "removed"), (8, 1, 1))[0],  # type: ignore[arg-type]
        installed_on=dice.choice((None, "2015", "2024-06-01")),
        decision=_decision(dice),
        known_by=(KnownBy("search", "2026-11-24T10:42:00Z"),),
    )
    if dice.random() < 0.1:
        return AssetRow(asset=replace(asset, device=None, known_by=(KnownBy("person", "2026-11-24T10:42:00Z", "S. Ellis"),)))
    attribution = _attribution(dice, dice.choices(_GRADES, weights)[0], makers)
    verdict = samples.verdict(number, kind)
    care = tuple(
        CareFinding(one, "Why.", "What mends it.")  # type: ignore[arg-type]
        for one in ("exploited-flaw", "known-flaw", "support-ended", "flaw-to-check")
        if dice.random() < 0.1
    )
    based = seat(attribution, knowledge, enabled)
    found = listings(attribution, knowledge, enabled)
    verdict = replace(verdict, attribution=attribution, findings=found, seat=based, care=care)
    return row_of(asset, verdict, found, seat=based)


def _attribution(dice: random.Random, grade: Grade, makers: Sequence[str]) -> Attribution:
    maker = dice.choice(makers) if grade not in ("conflicting", "unknown") else None
    two = tuple(dice.sample(makers, 2)) if len(makers) > 1 else ("hikvision", "dahua")
    candidates = two if grade == "conflicting" else (maker,) if maker else ()
    return Attribution(maker, None, grade, candidates, (), (), (), "A reason.", "1")


def _decision(dice: random.Random) -> Decision | None:
    what = dice.choice((None, None, "keep", "replace", "remove", "separate", "keep-review"))
    year = dice.choice((None, "2026-27", "2027-28"))
    return None if what is None else Decision(what, "S. Ellis", "2026-11-24T10:00:00Z", "old", year=year)  # type: ignore[arg-type]


def search_of(rows: Sequence[AssetRow], knowledge: Knowledge, scan: ScanRecord) -> Census:
    """A search that finds the devices of a register."""
    found = tuple(
        replace(verdict, attribution=replace(verdict.attribution, knowledge_version=knowledge.version))
        for row in rows
        if (verdict := row.verdict) is not None
    )
    seen = tuple(one for verdict in found for one in verdict.device.observations)
    return Census(scan=replace(scan, knowledge_version=knowledge.version), observations=seen, verdicts=found)


def write_down(inventory: Inventory, rows: Sequence[AssetRow], knowledge: Knowledge) -> None:
    """Places, decisions and what is gone of a register, into a record that has its devices."""
    known = {row.mac: row.asset.id for row in register.rows(inventory, knowledge)}
    decided: defaultdict[tuple[DecisionWhat, str | None], list[str]] = defaultdict(list)
    for row in rows:
        identity, asset = known.get(row.mac), row.asset
        if row.mac is None or identity is None:
            continue  # nothing that a search finds, or no camera
        if asset.place_path:
            inventory.do(placing.set_place_named([identity], asset.place_path), by="S. Ellis", now=samples.NOW)
        if asset.status != "present":
            inventory.do(tagging.set_status([identity], asset.status), by="S. Ellis", now=samples.NOW)
        if asset.decision is not None:
            decided[asset.decision.what, asset.decision.year].append(identity)
    for (what, year), ids in decided.items():
        inventory.do(tagging.decide(ids, what, why="old", year=year), by="S. Ellis", now=samples.NOW)
