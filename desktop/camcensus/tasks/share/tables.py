"""Writes a record's organisation, register, places, lists, searches and plan into the tables of an exchange file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import camcensus
from camcensus.model import frozen
from camcensus.model.asset import Asset, Body, methods_of
from camcensus.model.knowledge import Knowledge
from camcensus.model.scan import ScanRecord
from camcensus.model.words import count, long_date, upper_first, utc_second
from camcensus.planning.foi_counts import building_kind, installed_year
from camcensus.store.exchange_file import write
from camcensus.store.exchange_file.schema import dictionary_rows, row_of
from camcensus.store.exchange_file.write import about_rows
from camcensus.store.inventory import Inventory
from camcensus.tasks.progress import Progress, begun
from camcensus.tasks.register.channels import ANALOGUE, NETWORK
from camcensus.tasks.register.lists import lists_in_use, with_own_list
from camcensus.tasks.register.plan import plan
from camcensus.tasks.register.rows import enabled_lists
from camcensus.tasks.share.devices import DeviceAnswer, Devices, Put, Row
from camcensus.tasks.share.progress import progress_rows
from camcensus.tasks.share.staff import ROLE, Staff

# The channels of recorders as an exchange file lists them: what the recorder reports, and which row of the register it is.

_WIRING = {ANALOGUE: "analogue", NETWORK: "network"}


def channel_rows(assets: Sequence[Asset], told: Mapping[str, DeviceAnswer]) -> Iterator[Row]:
    """Each reported channel, with its row where there is one; then rows of channels that the recorder does not report."""
    rows: defaultdict[str, list[Asset]] = defaultdict(list)
    for one in assets:
        if one.connected_to is not None and one.channel is not None and one.in_use:
            rows[one.connected_to].append(one)
    for recorder in assets:
        known = told.get(recorder.device or "")
        reported = list(known.channels) if known is not None and recorder.in_use else []
        entries = _entries(reported, rows.get(recorder.id, []))
        for entry, (number, wiring, asset, said) in enumerate(entries, 1):
            reply = said or {}
            yield row_of(
                "channel", {"recorder": recorder.id, "entry": entry, "number": number, "wiring": wiring},
                asset=asset.id if asset else None, reported=said is not None,
                confirmed=asset is not None and asset.confirmed, reported_manufacturer=reply.get("manufacturer"),
                reported_model=reply.get("model"),
            )  # fmt: skip


def _entries(
    reported: Sequence[Mapping[str, Any]], rows: Sequence[Asset]
) -> list[tuple[int, str, Asset | None, Mapping[str, Any] | None]]:
    left = sorted(rows, key=lambda one: (one.channel or 0, one.ref))
    made: list[tuple[int, str, Asset | None, Mapping[str, Any] | None]] = []
    for said in sorted(reported, key=lambda one: (one["number"], one["analogue"])):
        wiring = "analogue" if said["analogue"] else "network"
        fits = [one for one in left if one.channel == said["number"] and _wiring(one) in (wiring, "not-known")]
        row = next((one for one in fits if _wiring(one) == wiring), fits[0] if fits else None)
        if row is not None:
            left.remove(row)
        made.append((said["number"], wiring, row, said))
    made += [(one.channel or 0, _wiring(one), one, None) for one in left]
    return made


def _wiring(asset: Asset) -> str:
    """What the row's note says, which is written where a recorder has an analogue and a network channel of one number."""
    return next((word for note, word in _WIRING.items() if (asset.notes or "").startswith(note)), "not-known")


# What the replacement plan of each year comes to, for an exchange file: the plan that the organisation prints, added up.

NOT_DATED = "not dated"


def plan_totals(inventory: Inventory, knowledge: Knowledge, now: datetime) -> Iterator[Row]:
    """A row for each year of the plan, and one for what has no year."""
    made = plan(inventory, knowledge, now)
    money = {one.year.lower(): one.total for one in made.years}
    unpriced = {one.asset for one in made.unpriced}
    items = [((one.year or NOT_DATED).lower(), one.asset) for one in made.items]
    for year in sorted({year for year, _ in items} | money.keys()):
        mine = [asset for when, asset in items if when == year]
        number = sum(asset in unpriced for asset in mine)
        yield row_of(
            "plan_total", {"year": year, "items": len(mine), "unpriced": number}, total_ex_vat_pence=money.get(year, 0)
        )


LEFT_OUT = (
    "notes and tags",
    "photographs",
    "floor plans, and where devices are on them",
    "owners of devices",
    "contract numbers, e-mail addresses and telephone numbers of companies",
    "what devices sent, byte for byte (what was read in it is in the file)",
    "old replies and old answers",
    "published flaws that do not apply",
    "the plan item by item, and unit prices (its totals are in the file)",
    "questions to installers, and possible duplicates",
    "the log of edits, settings, and addresses that are never asked",
)
STAFF_LEFT_OUT = f"names of staff: shown as “{ROLE}” (a surname by itself in something you wrote stays)"
METHODS = ("search", "walk", "import")
_NOT_CHOSEN = dict.fromkeys(("by", "why", "at"))
_METHOD_WORDS = {"search": "search of a network", "walk": "entries by hand", "import": "lists that were read"}


@frozen
class ExportRequest:
    """What is to be in the file: names of staff or not. `by` is who makes it."""

    by: str
    with_staff: bool = False

    @property
    def left_out(self) -> tuple[str, ...]:
        """What of the record is not in it."""
        return LEFT_OUT if self.with_staff else (STAFF_LEFT_OUT, *LEFT_OUT)


@dataclass(slots=True)
class ExportSource:
    """An inventory as it is at one moment, and what is known of its devices by then."""

    inventory: Inventory
    knowledge: Knowledge
    body: Body
    assets: Sequence[Asset]
    scans: Sequence[ScanRecord]
    staff: Staff
    methods: dict[str, str]
    """How each row is known, by id."""


def fill(
    inventory: Inventory, knowledge: Knowledge, wish: ExportRequest, now: datetime, put: Put, progress: Progress | None = None
) -> dict[str, Any]:
    """Puts every table but `export`; gives the facts of that one, by column. What `progress` raises ends it."""
    with inventory.as_it_is():
        begun(progress)
        own = with_own_list(inventory, knowledge)
        enabled = enabled_lists(inventory, knowledge)
        staff = Staff(inventory.look(write.read_names) | {wish.by}, shown=wish.with_staff)
        assets = inventory.assets()
        given = ExportSource(inventory, own, inventory.body, assets, inventory.scans(), staff, methods_of(assets))
        devices = Devices(inventory, knowledge, own, enabled, staff)
        put("body", [_body(given.body)])
        put("place", _places(given))
        put("contact_role", (row_of("contact_role", one) for one in inventory.vendors()))
        put("scan", _scans(given))
        put("coverage", (row_of("coverage", one, scan=scan.id) for scan in given.scans for one in scan.coverage))
        _put_devices(given, devices, put, progress)
        put("asset", _assets(given, devices))
        begun(progress)
        put("decision", _decisions(given))
        put("channel", channel_rows(assets, devices.told))
        put("place_progress", progress_rows(inventory.places(), assets, devices.told, inventory.look(write.read_removed), now))
        _put_lists(given, devices, put)
        put("plan_total", plan_totals(inventory, knowledge, now))
        put("source", _sources(given, devices))
        facts = _facts(given, wish, now)
    put("about", about_rows(_words(given.body, facts)))
    put("data_dictionary", dictionary_rows())
    return facts


def _put_devices(given: ExportSource, devices: Devices, put: Put, progress: Progress | None) -> None:
    every = given.inventory.look(write.read_device_ids)
    method = {one.device: given.methods[one.id] for one in given.assets if one.device}
    for at in range(0, len(every), write.BATCH):
        if progress is not None:
            progress(at, len(every))
        devices.put(every[at : at + write.BATCH], method, put)


def _body(body: Body) -> Row:
    basis = None if body.expected_cameras is None else body.expected_basis or "estimate"
    return row_of("body", body, type=body.kind.type, expected_basis=basis, building_kind=_building(body))


def _building(body: Body) -> str | None:
    kind = building_kind(body.type)
    return None if kind == "not recorded" else kind


def _places(given: ExportSource) -> Iterator[Row]:
    paths: dict[str, str] = {}
    inside: dict[str, bool] = {}
    for one in given.inventory.places():
        above, name = one.parent or "", given.staff.text(one.name)
        paths[one.id] = f"{paths[above]} › {name}" if above in paths else name
        inside[one.id] = one.sensitive or inside.get(above, False)
        yield row_of(
            "place", one, name=name, path=paths[one.id], in_sensitive=inside[one.id], building_kind=_building(given.body)
        )


def _assets(given: ExportSource, devices: Devices) -> Iterator[Row]:
    said = given.inventory.look(write.read_kind_by)
    # A row that another is connected to comes first: it is named there.
    ordered = sorted(given.assets, key=lambda one: one.connected_to is not None)
    for one in ordered:
        counts_as = "gone" if not one.in_use else "may-be-camera" if one.kind == "unknown" else one.kind
        year = installed_year(one.installed_on, given.body.year_starts)
        known = year != "not recorded"
        yield row_of(
            "asset", one, status=one.status_for_others, counts_as=counts_as,
            kind_said_by="person" if one.id in said else "answers",
            device=one.device if one.device in devices.told else None, in_sensitive=one.sensitive,
            building_kind=_building(given.body), purpose=given.staff.text(one.purpose) if one.purpose else None,
            installed_year=int((one.installed_on or "")[:4]) if known else None,
            installed_financial_year=year if known else None, method=given.methods[one.id],
            core_network_by=given.staff.who(one.core_network_by) or None,
            internet_reachable_by=given.staff.who(one.internet_reachable_by) or None,
        )  # fmt: skip


def _decisions(given: ExportSource) -> Iterator[Row]:
    for one in given.assets:
        if (held := one.decision) is not None:
            yield row_of("decision", held, asset=one.id, by=given.staff.who(held.by), why=given.staff.text(held.why))


def _scans(given: ExportSource) -> Iterator[Row]:
    numbers = given.inventory.look(write.read_scan_numbers)
    for one in given.scans:
        cards = [{"name": card.name, "address": card.address} for card in one.interfaces]
        yield row_of(
            "scan", one, number=numbers[one.id], interfaces=json.dumps(cards, ensure_ascii=False),
            ranges=json.dumps(one.ranges), not_covered=json.dumps(one.not_covered, ensure_ascii=False),
            allowed_by=given.staff.who(one.allowed_by) or None,
        )  # fmt: skip


def _put_lists(given: ExportSource, devices: Devices, put: Put) -> None:
    staff, known = given.staff, given.knowledge
    lists = []
    for one in lists_in_use(given.inventory, known):
        choice = one.choice
        devices.cited.add(one.said.source)
        chosen = {"by": staff.who(choice.by), "why": staff.text(choice.why), "at": choice.at} if choice else _NOT_CHOSEN
        lists.append(row_of("list_used", one.said, version=known.version, is_on=one.on, chosen=choice is not None, **chosen))
    put("list_used", lists)
    own = given.inventory.own_list()
    put(
        "own_listing",
        (
            row_of(
                "own_listing", one, manufacturer_name=known.name_of(one.manufacturer), by=staff.who(one.by),
                why=staff.text(one.why),
            )
            for one in own
        ),
    )  # fmt: skip


def _sources(given: ExportSource, devices: Devices) -> Iterator[Row]:
    for name in sorted(devices.cited & given.knowledge.sources.keys()):
        yield row_of("source", given.knowledge.sources[name])


def _facts(given: ExportSource, wish: ExportRequest, now: datetime) -> dict[str, Any]:
    searches = [one for one in given.scans if one.is_search]
    used = {given.methods[one.id] for one in given.assets if one.in_use}
    simulation = any(one.simulation for one in given.scans) or given.inventory.setting("simulation") is not None
    return {
        "inventory_id": given.inventory.id,
        "body": given.body.id,
        "made_at": utc_second(now),
        "made_by": given.staff.who(wish.by) or ROLE,
        "made_with": camcensus.__version__,
        "audience": "auditor",
        "with_staff": int(wish.with_staff),
        "left_out": list(wish.left_out),
        "knowledge_version": given.knowledge.version,
        "as_at": given.inventory.look(write.read_newest) or utc_second(now),
        "searched_at": max((one.ended_at for one in searches), default=None),
        "method": "+".join(name for name in METHODS if name in used),
        "simulation": int(simulation),
    }


def _words(body: Body, facts: dict[str, Any]) -> dict[str, str]:
    ways = [_METHOD_WORDS[name] for name in facts["method"].split("+") if name]
    method = f"Made by {' and '.join(ways)}" if ways else "The register is empty"
    if facts["simulation"]:
        method = f"This is a simulation: these devices are not real. {method}"
    left = facts["left_out"]
    return {
        "made_on": long_date(facts["made_at"]),
        "body": body.name,
        "made_by": upper_first(facts["made_by"]),
        "made_with": facts["made_with"],
        "as_at": long_date(facts["as_at"]),
        "searched_at": long_date(facts["searched_at"]) if facts["searched_at"] else "never",
        "method": method,
        "left_out": f"{count(len(left), 'kind')} of facts: {'; '.join(left)}.",
    }
