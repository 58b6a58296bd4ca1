"""The demonstration: a simulated school, searched over real sockets, saved, placed, decided upon, and printed as a plan."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from camcensus.demo.estate import Estate, SimDevice, load_estate
from camcensus.demo.serve import Served, serve
from camcensus.intake.pictures import read_picture
from camcensus.model import frozen
from camcensus.model.asset import DecisionWhat
from camcensus.model.errors import DiskError, on_disk, shown
from camcensus.model.knowledge import Knowledge
from camcensus.model.organisations import organisation_kind
from camcensus.model.plan import Costs
from camcensus.model.scan import Scope
from camcensus.planning.years import financial_year, first_year, year_label
from camcensus.store.edits import placing, tagging
from camcensus.store.edits.settings import set_costs, set_setting
from camcensus.store.inventory import Inventory
from camcensus.tasks.files import Written
from camcensus.tasks.finding.census import Census, SeenSoFar, find
from camcensus.tasks.policy import refuse_folder
from camcensus.tasks.register import verbs as register
from camcensus.tasks.register.verbs import AssetRow
from camcensus.tasks.reports.making import Making, write_report
from camcensus.tasks.reports.plan import plan

INVENTORY_NAME = "inventory.camcensus"
PLAN_NAME = "plan.pdf"

_WHYS: Mapping[DecisionWhat, str] = {
    "replace": "too old to update",
    "separate": "works well; IT can isolate it",
    "keep": "works well",
}
"""What the staff of the practice school wrote with each decision."""
_STAFF = "Demo (simulation)"
_ALLOWED_BY = "Nobody needs to: this is a simulation on this computer"
_FIGURES = Costs(camera_unit=18_000, camera_fitting=12_000, recorder_unit=120_000, recorder_fitting=25_000)
"""Invented prices, pence excluding VAT."""


@frozen
class DemoResult:
    """What the demonstration made. `notes` are sentences about what this computer did not allow."""

    census: Census
    inventory: Path
    plan: Written
    notes: tuple[str, ...]


def _utc_now() -> datetime:
    return datetime.now(UTC)


@contextlib.asynccontextmanager
async def serve_estate(data_dir: Path, devices: int | None = None) -> AsyncIterator[tuple[Estate, Served]]:
    """The simulated estate, answering on loopback while the block lasts. Raises DemoError."""
    estate = load_estate(data_dir / "resources" / "demo", devices)
    async with serve(estate) as served:
        yield estate, served


def demo_scope(served: Served) -> Scope:
    """Where a search of the simulation looks: loopback, and nothing else."""
    from camcensus.discovery.scope import make_scope

    return make_scope(list(served.interfaces), [], passive=False, pace="fast", limit_s=None)


async def find_in_demo(
    served: Served,
    emit: Callable[[object], None],
    knowledge: Knowledge,
    clock: Callable[[], datetime] = _utc_now,
    seen: SeenSoFar | None = None,
) -> Census:
    """Search the simulation; cancelling is Stop. See `tasks.finding.census.find`."""
    return await find(
        demo_scope(served), emit, knowledge=knowledge, allowed_by=_ALLOWED_BY, simulation=True, seen=seen, clock=clock
    )  # fmt: skip


async def run_demo(
    data_dir: Path,
    directory: Path,
    knowledge: Knowledge,
    *,
    devices: int | None = None,
    emit: Callable[[object], None] = lambda _: None,
    clock: Callable[[], datetime] = _utc_now,
) -> DemoResult:
    """The main job from end to end: search, keep, place, decide, print. Writes into `directory`, over an older demo only.

    Raises DemoError, DiscoveryError and StoreError.
    """
    path = directory / INVENTORY_NAME
    make_room(path, clock())
    async with serve_estate(data_dir, devices) as (estate, served):
        census = await find_in_demo(served, emit, knowledge, clock)
    with new_demo_inventory(path, estate, clock()) as inventory:
        register.save_census(inventory, census, knowledge, clock())
        set_up_record(inventory, estate, served, knowledge, clock())
        making = Making(inventory=inventory, knowledge=knowledge, path=directory / PLAN_NAME, data_dir=data_dir, now=clock())
        written = write_report(making, plan)
    return DemoResult(census, path, written, served.notes)


def make_room(path: Path, now: datetime) -> None:
    """Make the folder, and remove an older demo's inventory. Raises DiskError where the file there is not a demo's."""
    refuse_folder(path)
    with on_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            return
        with register.open_inventory(path, now, readonly=True) as inventory:
            scans = inventory.scans()
            if inventory.setting("simulation") is None or any(not scan.simulation for scan in scans):
                raise DiskError(
                    f"“{shown(path)}” in that folder is not of the demo, so it was left alone; choose another folder."
                )
        path.unlink()


def new_demo_inventory(path: Path, estate: Estate, now: datetime) -> Inventory:
    """An empty inventory of the simulated organisation, open and marked as a simulation."""
    starts = organisation_kind(estate.type).year_starts
    body = register.new_body(f"{estate.name} (simulation)", estate.type, starts, estate.expected_cameras)
    inventory = register.new_inventory(path, body, now)
    inventory.do(set_setting("simulation", estate.notice), by=None, now=now)
    return inventory


def set_up_record(inventory: Inventory, estate: Estate, served: Served, knowledge: Knowledge, now: datetime) -> None:
    """Places of the simulated school, what its staff have written down, sample decisions and invented costs."""
    do, made = functools.partial(inventory.do, by=_STAFF, now=now), dict[tuple[str, ...], str]()
    for named in estate.places:
        above = made.get(named.path[:-1])
        made[named.path] = do(placing.add_place(named.kind, named.path[-1], above, sensitive=named.sensitive)).made
    rows = register.rows(inventory, knowledge)
    for row in rows:
        device = _device_of(row, estate, served)
        if device is None:
            continue
        do(placing.set_place([row.asset.id], made[device.place]))
        if device.purpose:
            do(tagging.set_tags([row.asset.id], {"purpose": device.purpose}))
    _write_down(inventory, estate, served, rows, now)
    this_year = financial_year(now.date(), inventory.body.year_starts)
    for number, row in enumerate(register.rows(inventory, knowledge)):
        what, years_on = _decision(number, row)
        if what is not None:
            year = year_label((first_year(this_year) or now.year) + years_on, inventory.body.year_starts)
            do(tagging.decide([row.asset.id], what, why=_WHYS[what], year=year if what in ("replace", "remove") else None))
    do(set_costs(_FIGURES))
    floor = next(one.path for one in estate.places if one.kind == "floor")
    _pin(inventory, estate, served, knowledge, now, made[floor])
    inventory.note_begin("The practice school was set up.", _STAFF, now)


def _write_down(inventory: Inventory, estate: Estate, served: Served, rows: Sequence[AssetRow], now: datetime) -> None:
    """What staff know and no search can see: firms, types, dates, recorders. Like in life, not of every device."""
    do = functools.partial(inventory.do, by=_STAFF, now=now)
    firms = {firm.name: do(tagging.add_vendor(firm.name, firm.role, **firm.facts)).made for firm in estate.firms}
    here = {device.id: row.asset.id for row in rows if (device := _device_of(row, estate, served)) is not None}
    for record in estate.records:
        values: dict[str, str | int] = dict(record.values)
        for field in {"seller", "maintainer"} & values.keys():
            values[field] = firms[str(values[field])]
        if "connected_to" in values:
            if values["connected_to"] not in here:  # a smaller school may lack the recorder
                continue
            values["connected_to"] = here[str(values["connected_to"])]
        if ids := [here[device] for device in record.devices if device in here]:
            do(tagging.set_tags(ids, values))


def _pin(inventory: Inventory, estate: Estate, served: Served, knowledge: Knowledge, now: datetime, floor: str) -> None:
    """The floor plan with its pins; some rows are left to be placed, and some pins to be walked to, as in life."""
    picture = read_picture(estate.floor_plan.read_bytes(), "plan")
    rows = register.rows(inventory, knowledge)
    do = functools.partial(inventory.do, by=_STAFF, now=now)
    do(placing.set_plan(floor, picture))
    path = next(one.path for one in estate.places if one.kind == "floor")
    walked = []
    for number, row in enumerate(rows):
        device = _device_of(row, estate, served)
        if device is None or device.pin is None or row.asset.place_path[: len(path)] != path or number % 5 == 4:
            continue
        do(placing.put_pin(row.asset.id, floor, device.pin[0] / 1000, device.pin[1] / 1000))
        if number % 3:
            walked.append(row.asset.id)
    if walked:
        do(placing.walk_pin(walked, True))


def _decision(number: int, row: AssetRow) -> tuple[DecisionWhat | None, int]:
    """A sample of every kind of decision, and its year; some are left undecided, as in life."""
    if row.state == "listed":
        if row.asset.kind == "recorder" or row.asset.sensitive:
            return "replace", 0
        return (("replace", 0), ("replace", 1), (None, 0), ("separate", 0), ("replace", 1))[number % 5]
    if row.state in ("not-listed", "based"):
        return ("keep", 0) if number % 4 else (None, 0)
    return None, 0


def _device_of(row: AssetRow, estate: Estate, served: Served) -> SimDevice | None:
    """The simulated device behind a row: by what it answered as its own number, else by address where each has its own."""
    if row.verdict is None:
        return None
    said = {key.value.lower() for key in row.verdict.device.keys if key.kind in ("mac", "uuid")}
    said |= {text.lower() for text in (row.verdict.description.serial,) if text}
    shared = len(set(served.addresses.values())) < len(served.addresses)
    for device in estate.devices:
        own = {device.mac, device.values.get("uuid", device.mac).lower(), device.values.get("serial", device.mac).lower()}
        if said & own or (not shared and served.addresses.get(device.id) in row.addresses):
            return device
    return None
