"""Searches of packets with what staff did between them: for tests of what is said of it, and for pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from camcensus.model.device import Observation
from camcensus.model.knowledge import Knowledge
from camcensus.store.edits import placing, tagging
from camcensus.store.inventory import Inventory
from camcensus.tasks.finding.census import Census, judge
from camcensus.tasks.register import verbs as register
from identity.hosts_seen import Host, host, observations
from labelled.packets import info, neighbour
from samples import NOW, scan

DAY = timedelta(days=1)


def camera(number: int, address: int | None = None, firmware: str = "2.800") -> Host:
    """A camera of Dahua's make that answers at an address."""
    mac = f"3c:ef:8c:10:{number * 7 % 256:02x}:{number * 3 % 256:02x}"
    return host(f"10.0.0.{address or number}", neighbour(mac), info("Dahua", "IPC-HDW2431T", firmware, ""))


def keep(inventory: Inventory, knowledge: Knowledge, name: str, at: datetime, *hosts: Host, **changes: object) -> None:
    """A search that saw these, kept."""
    minute = at.strftime("%Y-%m-%dT%H:%M")
    seen: list[Observation] = [one for found in hosts for one in observations(found, minute)]
    record = replace(scan(name, started_at=f"{minute}:00Z", ended_at=f"{minute}:30Z"), **changes)  # type: ignore[arg-type]
    register.save_census(
        inventory, Census(scan=record, observations=tuple(seen), verdicts=judge(seen, knowledge)), knowledge, at
    )


def tell(inventory: Inventory, knowledge: Knowledge, cameras: int = 6) -> dict[str, str]:
    """Cameras 1 to `cameras` in a hall, two decided and a report; a week later 1 is gone and marked so, 2 moved, 3 has other
    firmware, one is new; another search confirms it, and two more edits follow. Returns ref -> asset id."""
    usual = [camera(number) for number in range(4, cameras + 1)]
    keep(inventory, knowledge, "s1", NOW, *(camera(number) for number in (1, 2, 3)), *usual)
    ids = {asset.ref: asset.id for asset in inventory.assets()}
    inventory.do(placing.set_place_named(list(ids.values()), ["Elm Park", "Main block", "Hall"]), by="R. Khan", now=NOW + DAY)
    inventory.do(tagging.decide([ids["CAM-001"]], "remove", why="contract ended"), by="S. Ellis", now=NOW + 2 * DAY)
    inventory.note_report("plan", "Replacement plan written for us.", "R. Khan", NOW + 3 * DAY)
    now = [camera(2, 77), camera(3, firmware="2.840"), *usual, camera(cameras + 1)]
    keep(inventory, knowledge, "s2", NOW + 7 * DAY, *now, allowed_by="A. Bell, IT")
    inventory.do(tagging.set_status([ids["CAM-001"]], "removed"), by="A. Bell", now=NOW + 8 * DAY)
    keep(inventory, knowledge, "s3", NOW + 9 * DAY, *now, allowed_by="A. Bell, IT")
    inventory.do(tagging.set_tags([ids["CAM-002"]], {"purpose": "Watches the gate"}), by="R. Khan", now=NOW + 10 * DAY)
    inventory.do(
        tagging.set_tags([ids["CAM-003"], ids["CAM-004"]], {"inside_outside": "outside", "cost_pence": "£180.50"}),
        by="R. Khan",
        now=NOW + 10 * DAY,
    )
    inventory.do(tagging.add_tags([ids["CAM-004"]], ["school gate"]), by="R. Khan", now=NOW + 10 * DAY)
    return {asset.ref: asset.id for asset in inventory.assets()}
